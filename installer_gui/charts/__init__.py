"""Charts as display lists, free of Qt: the screen paints them, the certificate writes them as SVG."""
