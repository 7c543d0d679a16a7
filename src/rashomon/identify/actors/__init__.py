"""Actors: the mentions of a whole case that mean the same person, group, state or people.

reading   what the mentions and texts say: names, aliases, roles
spelling  how a word sounds, and how alike two words are
likeness  how likely two lists of words are one name, by a scorecard
names     a person's name taken apart, and how surely two names are one
organisations  how surely two names of organisations are one
groups    what names of organisations, states and peoples share
census    the name forms of the case, each with the kind that its mentions vote for
joins     which forms are one actor: spelling, part of a longer name, acronym, alias
attach    which form each mention means: surnames, short names, pronouns
offices   whose "the defence ministry" is
relations who "the leader of" a group is, by the other articles
decisions what people decided, applied after all that
perhaps   which actors may be one and stay apart
merging   the one verb
"""

from rashomon.identify.actors.merging import merge

__all__ = ["merge"]
