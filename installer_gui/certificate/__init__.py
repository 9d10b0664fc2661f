"""The certificate: one content for pages and data, drawn, signed and verified."""
