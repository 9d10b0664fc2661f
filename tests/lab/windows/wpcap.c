/* A wpcap.dll for tests: what is sent through it goes as datagrams to a port of this computer, and what comes back from
   there has come in. FAKE_WPCAP=PORT names the port; FAKE_WPCAP_ACTIVATE=CODE is what pcap_activate returns.
   Built with mingw, whose struct timeval is Windows' own. Its clock runs an hour ahead, as Npcap's may. */
#include <winsock2.h>
#include <windows.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define API __declspec(dllexport)
struct pcap_pkthdr { struct timeval ts; unsigned caplen, len; };
struct bpf_program { unsigned bf_len; void *bf_insns; };
struct pcap { SOCKET socket; int blocks; struct pcap_pkthdr head; unsigned char data[65536]; };

API struct pcap *pcap_create(const char *device, char *error) {
    WSADATA data;
    struct sockaddr_in to = {0};
    struct pcap *p = calloc(1, sizeof *p);
    const char *port = getenv("FAKE_WPCAP");
    if (!port || strncmp(device, "\\Device\\NPF_{", 13)) { strcpy(error, "no such device"); return NULL; }
    WSAStartup(MAKEWORD(2, 2), &data);
    p->socket = socket(AF_INET, SOCK_DGRAM, 0);
    p->blocks = 1;
    to.sin_family = AF_INET;
    to.sin_port = htons((unsigned short)atoi(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connect(p->socket, (struct sockaddr *)&to, sizeof to);
    return p;
}
API int pcap_set_snaplen(struct pcap *p, int n) { return 0; }
API int pcap_set_promisc(struct pcap *p, int n) { return 0; }
API int pcap_set_immediate_mode(struct pcap *p, int n) { return 0; }
API int pcap_activate(struct pcap *p) {
    const char *code = getenv("FAKE_WPCAP_ACTIVATE");
    return code ? atoi(code) : 0;
}
API int pcap_datalink(struct pcap *p) { return 1; }
API int pcap_compile(struct pcap *p, struct bpf_program *f, const char *words, int optimize, unsigned mask) {
    f->bf_len = 1;
    f->bf_insns = malloc(8);
    return strstr(words, "0x88e1") ? 0 : -1;
}
API int pcap_setfilter(struct pcap *p, struct bpf_program *f) { return f->bf_insns ? 0 : -1; }
API void pcap_freecode(struct bpf_program *f) { free(f->bf_insns); }
API int pcap_setnonblock(struct pcap *p, int on, char *error) {
    u_long mode = on;
    p->blocks = !on;
    return ioctlsocket(p->socket, FIONBIO, &mode);
}
API int pcap_sendpacket(struct pcap *p, const unsigned char *data, int length) {
    return send(p->socket, (const char *)data, length, 0) == length ? 0 : -1;
}
API int pcap_next_ex(struct pcap *p, struct pcap_pkthdr **head, const unsigned char **data) {
    int length = recv(p->socket, (char *)p->data, sizeof p->data, 0);
    if (length == 1) return -1; /* the other end says that the adapter was pulled out */
    if (length <= 0) return 0;
    p->head.ts.tv_sec = (long)time(NULL) + 3600;
    p->head.ts.tv_usec = 0;
    p->head.caplen = p->head.len = (unsigned)length;
    *head = &p->head;
    *data = p->data;
    return 1;
}
API const char *pcap_geterr(struct pcap *p) { return "the fake says so"; }
API void pcap_close(struct pcap *p) { closesocket(p->socket); free(p); }
