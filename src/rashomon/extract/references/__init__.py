"""References: which phrases of an article are one, and which mention a pronoun stands for.

Two public verbs: `refer`, once the mentions are found, and `speak`, once the quotes are.
Its parts, in the order they are used:

    words    what single words tell: gender, number, class
    phrases  the noun phrases of a parse and their traits
    pairs    the earlier phrases that a phrase may mean, and how the two compare
    ranker   how likely each is: a small network, learnt by `training/train_coreference.py`
    resolve  names and nouns first, then the pronouns among them
    links    from phrases to mentions
    speech   whose "I" a quotation holds
"""

from rashomon.extract.references.links import refer
from rashomon.extract.references.speech import speak

__all__ = ["refer", "speak"]
