"""serve: the reading room, a case as pages in a browser on this machine.

guard      who may ask: this host, with the token, from these pages; what leaves is sealed
desk       the case held open: a bounded number of questions at once, each bounded in time
room       what all pages share
reading    the pages that only read
inquiries  what a request asks for, checked
changing   the one page that changes something
judging    what a person decides, in place
app        all of it as one application
serving    the door: an address, a token, a server
"""

from rashomon.show.web.app import application
from rashomon.show.web.serving import serve

__all__ = ["application", "serve"]
