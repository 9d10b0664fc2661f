"""Sans-IO codecs: bytes in, frozen values out; the only error is `errors.Malformed`."""
