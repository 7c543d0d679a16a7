"""What the form of a verb alone says of its modality."""

from __future__ import annotations

from rashomon.base.language import Parse, Token
from rashomon.base.lexicon import mapping
from rashomon.base.rows import Modality
from rashomon.extract.statements.cues import is_a, verb_cue
from rashomon.extract.statements.predicates import Predicate
from rashomon.extract.statements.scene import Scene

_VERBAL = frozenset({"VERB", "AUX"})
_TENSED = frozenset({"VBD", "VBZ", "VBP"})
_PRESENT = frozenset({"is", "are", "does", "do", "'s", "'re", "am"})


def from_tense(
    scene: Scene, predicate: Predicate, act: str | None, bearer: Token | None
) -> Modality:
    """What the verb form says where no word says more: `bearer` is the verb whose tense counts."""
    verb = bearer or predicate.carrier
    if verb.pos not in _VERBAL:
        return "happened"
    words = [c.lower for c in scene.parse.children(verb) if c.dep in ("aux", "auxpass")]
    if _commands(scene.parse, predicate, words):
        return "demanded"
    if verb.dep == "acl" and verb.tag == "VBG" and not words:
        return _behind_noun(scene.parse, verb, act)
    if verb.tag == "VBG" and not {"was", "were", "had"} & set(words):
        return "ongoing" if words else "happened"
    if "to" in words:
        return "planned"
    if verb.tag in ("VBZ", "VBP") or (words and words[0] in _PRESENT):
        return _present(scene, predicate, act, words)
    return "happened"


def _behind_noun(parse: Parse, participle: Token, act: str | None) -> Modality:
    """ "people living in Tolm": a state goes on; an act goes on only beside a present verb."""
    if act is None and is_a("state", participle.lemma):
        return "ongoing"
    over = next((a for a in parse.ancestors(participle) if a.tag in _TENSED), None)
    return "ongoing" if over is not None and over.tag != "VBD" else "happened"


def _present(scene: Scene, predicate: Predicate, act: str | None, words: list[str]) -> Modality:
    """The present tense tells a state, or in a headline or of an act what has happened."""
    if predicate.token.lemma in mapping("harms", "word", "what"):
        return "happened"
    if predicate.kind in ("copula", "adjective") or act in (None, "SUPPORT", "COOPERATE"):
        return "happened" if scene.sentence.zone == "title" and act else "ongoing"
    return "ongoing" if "being" in words else "happened"


def _command_told(parse: Parse, verb: Token) -> bool:
    """ "Leave the valley," he said: a bare verb before the verb of speech."""
    above = parse.head(verb)
    found = verb_cue(above) if verb.dep == "ccomp" and verb.i < above.i else None
    return found is not None and found.own == "speech" and parse.child(verb, "mark") is None


def _commands(parse: Parse, predicate: Predicate, words: list[str]) -> bool:
    verb = predicate.carrier
    if verb.tag not in ("VB", "VBP") or set(words) - {"do", "let"}:
        return False
    if not _command_told(parse, verb) and (verb.dep, verb.tag) != ("ROOT", "VB"):
        return False
    return parse.child(verb, "nsubj", "nsubjpass", "expl") is None
