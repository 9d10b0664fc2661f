"""The small program that runs with rights, so that the wizard and the command line never do (Linux).

    driftklar-probe INTERFACE

A request is a line of JSON on standard input, `{"id": 7, "do": "arp", "address": "192.0.2.5", "probe": false}`; the
list of requests is closed and every field is read strictly. A line of JSON on standard output answers it: `done` with
what came of it, `failed` with an errno, or `refused` with a word. What is heard later is told as events. No request
carries bytes for the wire: every frame is made here, at a pace that holds whatever the caller does, on the one
interface. The program ends when its input does, or when its time is up.

A new subject is one file with a `Service` in it, and its place in `SERVICES` (`__main__`).
"""
