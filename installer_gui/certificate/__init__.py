"""The certificate: one content for pages and data, drawn, signed and verified."""

import logging

for name in ("pyhanko", "pyhanko_certvalidator"):  # what they think of a hostile file is for no terminal
    logging.getLogger(name).addHandler(logging.NullHandler())
