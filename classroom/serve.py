"""Serves Atelier from this folder: python3 serve.py, or python3 serve.py --everyone for other devices in the room.

Needs Python 3.8 and nothing else.
"""

import argparse
import functools
import http.server
import pathlib
import socket
import sys
import webbrowser

PAGE = pathlib.Path(__file__).resolve().parent / "page"
FIRST_PORT, LAST_PORT = 8080, 8099


class Handler(http.server.SimpleHTTPRequestHandler):
    # Some Windows machines call a script plain text, and then no browser runs it.
    extensions_map = {
        "": "application/octet-stream",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".png": "image/png",
        ".wasm": "application/wasm",
        ".gz": "application/gzip",
        ".webmanifest": "application/manifest+json",
    }

    def end_headers(self):
        # A newer copy of this folder is noticed at once.
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    # On Windows two servers could otherwise share a port.
    allow_reuse_address = sys.platform != "win32"


def own_address():
    """The address under which other devices of the same network reach this one; no packet is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))
            return probe.getsockname()[0]
        except OSError:
            return None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--everyone", action="store_true", help="let other devices in the room open the page")
    parser.add_argument("--port", type=int, help="a port of your own choice")
    parser.add_argument("--quiet", action="store_true", help="open no browser")
    options = parser.parse_args()
    if not (PAGE / "index.html").is_file():
        sys.exit("The folder 'page' is missing beside this file: unpack the whole zip first.")
    host = "0.0.0.0" if options.everyone else "127.0.0.1"
    ports = [options.port] if options.port else range(FIRST_PORT, LAST_PORT + 1)
    server = None
    for port in ports:
        try:
            server = Server((host, port), functools.partial(Handler, directory=str(PAGE)))
            break
        except OSError:
            continue
    if server is None:
        sys.exit(f"No port is free ({ports[0]} to {ports[-1]}): choose another with --port.")
    address = f"http://localhost:{server.server_port}"
    print(f"Atelier is at {address} (Ctrl-C stops it)", flush=True)
    if options.everyone:
        other = own_address()
        print(f"For other devices in the room: http://{other}:{server.server_port}" if other else "No network was found.", flush=True)
    if not options.quiet:
        webbrowser.open(address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
