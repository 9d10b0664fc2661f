<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="nb_NO" sourcelanguage="en_US">
 <context>
  <name>MAC_APPLICATION_MENU</name>
  <message>
   <source>About %1</source>
   <translation>Om %1</translation>
  </message>
  <message>
   <source>Hide %1</source>
   <translation>Skjul %1</translation>
  </message>
  <message>
   <source>Hide Others</source>
   <translation>Skjul andre</translation>
  </message>
  <message>
   <source>Preferences...</source>
   <translation>Innstillinger …</translation>
  </message>
  <message>
   <source>Quit %1</source>
   <translation>Avslutt %1</translation>
  </message>
  <message>
   <source>Services</source>
   <translation>Tjenester</translation>
  </message>
  <message>
   <source>Show All</source>
   <translation>Vis alle</translation>
  </message>
 </context>
 <context>
  <name>QAbstractSpinBox</name>
  <message>
   <source>&amp;Select All</source>
   <translation>&amp;Merk alt</translation>
  </message>
  <message>
   <source>&amp;Step up</source>
   <translation>&amp;Øk</translation>
  </message>
  <message>
   <source>Step &amp;down</source>
   <translation>&amp;Reduser</translation>
  </message>
 </context>
 <context>
  <name>QAccessibleActionInterface</name>
  <message>
   <source>Decrease</source>
   <translation>Reduser</translation>
  </message>
  <message>
   <source>Decrease the value</source>
   <translation>Reduserer verdien</translation>
  </message>
  <message>
   <source>Goes back a page</source>
   <translation>Går én side tilbake</translation>
  </message>
  <message>
   <source>Goes to the next page</source>
   <translation>Går til neste side</translation>
  </message>
  <message>
   <source>Increase</source>
   <translation>Øk</translation>
  </message>
  <message>
   <source>Increase the value</source>
   <translation>Øker verdien</translation>
  </message>
  <message>
   <source>Next Page</source>
   <translation>Neste side</translation>
  </message>
  <message>
   <source>Press</source>
   <translation>Trykk</translation>
  </message>
  <message>
   <source>Previous Page</source>
   <translation>Forrige side</translation>
  </message>
  <message>
   <source>Scroll Down</source>
   <translation>Rull ned</translation>
  </message>
  <message>
   <source>Scroll Left</source>
   <translation>Rull til venstre</translation>
  </message>
  <message>
   <source>Scroll Right</source>
   <translation>Rull til høyre</translation>
  </message>
  <message>
   <source>Scroll Up</source>
   <translation>Rull opp</translation>
  </message>
  <message>
   <source>Scrolls down</source>
   <translation>Ruller ned</translation>
  </message>
  <message>
   <source>Scrolls to the left</source>
   <translation>Ruller til venstre</translation>
  </message>
  <message>
   <source>Scrolls to the right</source>
   <translation>Ruller til høyre</translation>
  </message>
  <message>
   <source>Scrolls up</source>
   <translation>Ruller opp</translation>
  </message>
  <message>
   <source>SetFocus</source>
   <translation>Sett fokus</translation>
  </message>
  <message>
   <source>Sets the focus</source>
   <translation>Setter fokus</translation>
  </message>
  <message>
   <source>ShowMenu</source>
   <translation>Vis meny</translation>
  </message>
  <message>
   <source>Shows the menu</source>
   <translation>Viser menyen</translation>
  </message>
  <message>
   <source>Toggle</source>
   <translation>Veksle</translation>
  </message>
  <message>
   <source>Toggles the state</source>
   <translation>Veksler tilstanden</translation>
  </message>
  <message>
   <source>Triggers the action</source>
   <translation>Utfører handlingen</translation>
  </message>
 </context>
 <context>
  <name>QCocoaMenuItem</name>
  <message>
   <source>About</source>
   <translation>Om</translation>
  </message>
  <message>
   <source>About Qt</source>
   <translation>Om Qt</translation>
  </message>
  <message>
   <source>Config</source>
   <translation>Oppsett</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopier</translation>
  </message>
  <message>
   <source>Cut</source>
   <translation>Klipp ut</translation>
  </message>
  <message>
   <source>Exit</source>
   <translation>Avslutt</translation>
  </message>
  <message>
   <source>Options</source>
   <translation>Alternativer</translation>
  </message>
  <message>
   <source>Paste</source>
   <translation>Lim inn</translation>
  </message>
  <message>
   <source>Preference</source>
   <translation>Innstilling</translation>
  </message>
  <message>
   <source>Quit</source>
   <translation>Avslutt</translation>
  </message>
  <message>
   <source>Select All</source>
   <translation>Merk alt</translation>
  </message>
  <message>
   <source>Setting</source>
   <translation>Innstilling</translation>
  </message>
  <message>
   <source>Setup</source>
   <translation>Oppsett</translation>
  </message>
 </context>
 <context>
  <name>QComboBox</name>
  <message>
   <source>False</source>
   <translation>Usann</translation>
  </message>
  <message>
   <source>Open the combo box selection popup</source>
   <translation>Åpner listen</translation>
  </message>
  <message>
   <source>True</source>
   <translation>Sann</translation>
  </message>
 </context>
 <context>
  <name>QDialog</name>
  <message>
   <source>What's This?</source>
   <translation>Hva er dette?</translation>
  </message>
 </context>
 <context>
  <name>QDialogButtonBox</name>
  <message>
   <source>OK</source>
   <translation>OK</translation>
  </message>
 </context>
 <context>
  <name>QFileDialog</name>
  <message>
   <source>%1
Directory not found.
Please verify the correct directory name was given.</source>
   <translation>%1
Fant ikke mappen.
Kontroller at navnet på mappen er riktig.</translation>
  </message>
  <message>
   <source>%1
File not found.
Please verify the correct file name was given.</source>
   <translation>%1
Fant ikke filen.
Kontroller at filnavnet er riktig.</translation>
  </message>
  <message>
   <source>%1 already exists.
Do you want to replace it?</source>
   <translation>%1 finnes fra før.
Vil du erstatte den?</translation>
  </message>
  <message>
   <source>&amp;Choose</source>
   <translation>&amp;Velg</translation>
  </message>
  <message>
   <source>&amp;Delete</source>
   <translation>&amp;Slett</translation>
  </message>
  <message>
   <source>&amp;Look in:</source>
   <translation>S&amp;øk i:</translation>
  </message>
  <message>
   <source>&amp;New Folder</source>
   <translation>&amp;Ny mappe</translation>
  </message>
  <message>
   <source>&amp;Open</source>
   <translation>Å&amp;pne</translation>
  </message>
  <message>
   <source>&amp;Rename</source>
   <translation>&amp;Gi nytt navn</translation>
  </message>
  <message>
   <source>&amp;Save</source>
   <translation>&amp;Lagre</translation>
  </message>
  <message>
   <source>'%1' is write protected.
Do you want to delete it anyway?</source>
   <translation>«%1» er skrivebeskyttet.
Vil du slette den likevel?</translation>
  </message>
  <message>
   <source>All Files (*)</source>
   <translation>Alle filer (*)</translation>
  </message>
  <message>
   <source>All files (*)</source>
   <translation>Alle filer (*)</translation>
  </message>
  <message>
   <source>Alt+Left</source>
   <translation>Alt+venstre</translation>
  </message>
  <message>
   <source>Alt+Right</source>
   <translation>Alt+høyre</translation>
  </message>
  <message>
   <source>Alt+Up</source>
   <translation>Alt+opp</translation>
  </message>
  <message>
   <source>Are you sure you want to delete '%1'?</source>
   <translation>Vil du slette «%1»?</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Tilbake</translation>
  </message>
  <message>
   <source>Change to detail view mode</source>
   <translation>Bytt til detaljvisning</translation>
  </message>
  <message>
   <source>Change to list view mode</source>
   <translation>Bytt til listevisning</translation>
  </message>
  <message>
   <source>Could not delete directory.</source>
   <translation>Kunne ikke slette mappen.</translation>
  </message>
  <message>
   <source>Create New Folder</source>
   <translation>Opprett ny mappe</translation>
  </message>
  <message>
   <source>Create a New Folder</source>
   <translation>Opprett en ny mappe</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Slett</translation>
  </message>
  <message>
   <source>Detail View</source>
   <translation>Detaljvisning</translation>
  </message>
  <message>
   <source>Directories</source>
   <translation>Mapper</translation>
  </message>
  <message>
   <source>Directory:</source>
   <translation>Mappe:</translation>
  </message>
  <message>
   <source>File &amp;name:</source>
   <translation>Fil&amp;navn:</translation>
  </message>
  <message>
   <source>Files</source>
   <translation>Filer</translation>
  </message>
  <message>
   <source>Files of &amp;type:</source>
   <translation>Fil&amp;type:</translation>
  </message>
  <message>
   <source>Find Directory</source>
   <translation>Finn mappe</translation>
  </message>
  <message>
   <source>Forward</source>
   <translation>Fremover</translation>
  </message>
  <message>
   <source>Go back</source>
   <translation>Gå tilbake</translation>
  </message>
  <message>
   <source>Go forward</source>
   <translation>Gå fremover</translation>
  </message>
  <message>
   <source>Go to the parent directory</source>
   <translation>Gå til mappen over</translation>
  </message>
  <message>
   <source>List View</source>
   <translation>Listevisning</translation>
  </message>
  <message>
   <source>List of places and bookmarks</source>
   <translation>Liste over steder og bokmerker</translation>
  </message>
  <message>
   <source>New Folder</source>
   <translation>Ny mappe</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Åpne</translation>
  </message>
  <message>
   <source>Parent Directory</source>
   <translation>Mappen over</translation>
  </message>
  <message>
   <source>Recent Places</source>
   <translation>Nylig brukte steder</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Fjern</translation>
  </message>
  <message>
   <source>Save As</source>
   <translation>Lagre som</translation>
  </message>
  <message>
   <source>Show </source>
   <translation>Vis </translation>
  </message>
  <message>
   <source>Show &amp;hidden files</source>
   <translation>Vis s&amp;kjulte filer</translation>
  </message>
  <message>
   <source>Sidebar</source>
   <translation>Sidefelt</translation>
  </message>
 </context>
 <context>
  <name>QFileSystemModel</name>
  <message>
   <source>Computer</source>
   <translation>Datamaskin</translation>
  </message>
  <message>
   <source>Date Modified</source>
   <translation>Endret</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>Type</translation>
  </message>
  <message>
   <source>My Computer</source>
   <translation>Min datamaskin</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Navn</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Størrelse</translation>
  </message>
  <message>
   <source>Type</source>
   <translation>Type</translation>
  </message>
 </context>
 <context>
  <name>QGnomeTheme</name>
  <message>
   <source>&amp;Cancel</source>
   <translation>&amp;Avbryt</translation>
  </message>
  <message>
   <source>&amp;Close</source>
   <translation>&amp;Lukk</translation>
  </message>
  <message>
   <source>&amp;OK</source>
   <translation>&amp;OK</translation>
  </message>
  <message>
   <source>&amp;Save</source>
   <translation>L&amp;agre</translation>
  </message>
  <message>
   <source>Close without Saving</source>
   <translation>Lukk uten å lagre</translation>
  </message>
 </context>
 <context>
  <name>QLineEdit</name>
  <message>
   <source>&amp;Undo</source>
   <translation>&amp;Angre</translation>
  </message>
  <message>
   <source>&amp;Redo</source>
   <translation>&amp;Gjør om</translation>
  </message>
  <message>
   <source>Cu&amp;t</source>
   <translation>Klipp &amp;ut</translation>
  </message>
  <message>
   <source>&amp;Copy</source>
   <translation>&amp;Kopier</translation>
  </message>
  <message>
   <source>&amp;Paste</source>
   <translation>&amp;Lim inn</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Slett</translation>
  </message>
  <message>
   <source>Select All</source>
   <translation>Merk alt</translation>
  </message>
 </context>
 <context>
  <name>QMessageBox</name>
  <message>
   <source>About Qt</source>
   <translation>Om Qt</translation>
  </message>
  <message>
   <source>Hide Details...</source>
   <translation>Skjul detaljer …</translation>
  </message>
  <message>
   <source>Show Details...</source>
   <translation>Vis detaljer …</translation>
  </message>
 </context>
 <context>
  <name>QPlatformTheme</name>
  <message>
   <source>&amp;No</source>
   <translation>&amp;Nei</translation>
  </message>
  <message>
   <source>&amp;Yes</source>
   <translation>&amp;Ja</translation>
  </message>
  <message>
   <source>Abort</source>
   <translation>Avbryt</translation>
  </message>
  <message>
   <source>Apply</source>
   <translation>Bruk</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Avbryt</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Lukk</translation>
  </message>
  <message>
   <source>Discard</source>
   <translation>Forkast</translation>
  </message>
  <message>
   <source>Help</source>
   <translation>Hjelp</translation>
  </message>
  <message>
   <source>Ignore</source>
   <translation>Ignorer</translation>
  </message>
  <message>
   <source>N&amp;o to All</source>
   <translation>N&amp;ei til alle</translation>
  </message>
  <message>
   <source>OK</source>
   <translation>OK</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Åpne</translation>
  </message>
  <message>
   <source>Reset</source>
   <translation>Tilbakestill</translation>
  </message>
  <message>
   <source>Restore Defaults</source>
   <translation>Gjenopprett standard</translation>
  </message>
  <message>
   <source>Retry</source>
   <translation>Prøv igjen</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>Lagre</translation>
  </message>
  <message>
   <source>Save All</source>
   <translation>Lagre alle</translation>
  </message>
  <message>
   <source>Yes to &amp;All</source>
   <translation>Ja til &amp;alle</translation>
  </message>
 </context>
 <context>
  <name>QScrollBar</name>
  <message>
   <source>Bottom</source>
   <translation>Nederst</translation>
  </message>
  <message>
   <source>Left edge</source>
   <translation>Venstre kant</translation>
  </message>
  <message>
   <source>Page down</source>
   <translation>Én side ned</translation>
  </message>
  <message>
   <source>Page left</source>
   <translation>Én side til venstre</translation>
  </message>
  <message>
   <source>Page right</source>
   <translation>Én side til høyre</translation>
  </message>
  <message>
   <source>Page up</source>
   <translation>Én side opp</translation>
  </message>
  <message>
   <source>Right edge</source>
   <translation>Høyre kant</translation>
  </message>
  <message>
   <source>Scroll down</source>
   <translation>Rull ned</translation>
  </message>
  <message>
   <source>Scroll here</source>
   <translation>Rull hit</translation>
  </message>
  <message>
   <source>Scroll left</source>
   <translation>Rull til venstre</translation>
  </message>
  <message>
   <source>Scroll right</source>
   <translation>Rull til høyre</translation>
  </message>
  <message>
   <source>Scroll up</source>
   <translation>Rull opp</translation>
  </message>
  <message>
   <source>Top</source>
   <translation>Øverst</translation>
  </message>
 </context>
 <context>
  <name>QTabBar</name>
  <message>
   <source>Scroll Left</source>
   <translation>Rull til venstre</translation>
  </message>
  <message>
   <source>Scroll Right</source>
   <translation>Rull til høyre</translation>
  </message>
 </context>
 <context>
  <name>QWidgetTextControl</name>
  <message>
   <source>&amp;Undo</source>
   <translation>&amp;Angre</translation>
  </message>
  <message>
   <source>&amp;Redo</source>
   <translation>&amp;Gjør om</translation>
  </message>
  <message>
   <source>Cu&amp;t</source>
   <translation>Klipp &amp;ut</translation>
  </message>
  <message>
   <source>&amp;Copy</source>
   <translation>&amp;Kopier</translation>
  </message>
  <message>
   <source>&amp;Paste</source>
   <translation>&amp;Lim inn</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Slett</translation>
  </message>
  <message>
   <source>Select All</source>
   <translation>Merk alt</translation>
  </message>
  <message>
   <source>Copy &amp;Link Location</source>
   <translation>Kopier &amp;lenkeadressen</translation>
  </message>
 </context>
</TS>
