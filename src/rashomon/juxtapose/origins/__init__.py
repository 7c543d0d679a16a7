"""Origins: where accounts come from, once echoes and chains are followed to their root.

Accounts of one event are one origin where a sign says so: a copied or excerpted passage holds both,
the same voice speaks last in both, both speak for one institution, one cites the outlet that tells
the other, or an outlet says in its own voice what it has from a source. Two accounts that only
quote the same words of the same speaker are joined by that speaker. What stays alone is an origin
of its own: nothing is taken to be copied without a sign of it.

told       the accounts and what they tell
voices     the same actor, outlet or described source speaks last
described  which descriptions of one article mean one source
offices    whom words about a source speak for
speaking   an institution and those who speak for it
citing     an account that came through an outlet, and that outlet's own
restating  what an outlet tells in its own voice and has from a source
echoed     accounts in the same place of a repeated passage
following  the one verb
"""

from rashomon.juxtapose.origins.following import follow

__all__ = ["follow"]
