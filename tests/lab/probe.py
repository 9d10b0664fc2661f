"""The privileged program as a package installs it: a file with capabilities, that an ordinary user runs."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from .site import ROOT, Site

CAPABILITIES = "cap_net_raw,cap_net_bind_service,cap_net_admin+ep"
SCRIPT = """#!{python} -I
import sys
sys.path.insert(0, {root!r})
from installer_gui.privileged.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def install(site: Site, capabilities: str = CAPABILITIES) -> dict[str, str]:
    """Put it into the site; the environment by which the product finds it.

    An interpreter with capabilities runs it, because a script cannot have any; it has them all the same, to be found.
    """
    real, folder = Path(sys.executable).resolve(), site.outer / "probe"
    folder.mkdir()
    shutil.copy(real, folder / "python")
    site.write("probe/pyvenv.cfg", f"home = {real.parent}\n")
    script = site.write("probe/driftklar-probe", SCRIPT.format(python=site.inner / "probe/python", root=str(ROOT)))
    site.shell("laptop", f"chmod 755 {script}; setcap {capabilities} {site.inner}/probe/python {capabilities} {script}")
    return {"DRIFTKLAR_PROBE": script}
