"""Drawings: what goes where, in numbers; the templates put ink on them.

timelines   days on a line, uncertain dates as spans, and a strip of how much is told of when
maps        places on the coast lines of the earth
passages    an article cut into segments, each with its voices; differences of two passages
ledgers     two columns with lines between them: who acts on whom, who takes from whom
"""
