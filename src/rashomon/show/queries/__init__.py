"""What the report and the reading room ask of a case; nothing here draws.

shelves      tables in memory that make long lists quick
words        statements, quotes and passages as the words they stand in
cases        figures, outlets, what was read and what was skipped
disputes     the list, and the matrix of one event: accounts by origin, questions across
events       the list with its filters, one event with its accounts, events in time
actors       the list, and one actor: names, roles, what it says, does and has done to it
articles     the list, and one article as it was read
networks     who acts on whom, who takes from whom
places       where things are said to have happened
searches     in text, actors and statements
judgements   what people decided, and about which rows

Each function is given a `Store` on which `shelves.prepare` was run. Rows are mappings whose keys
the docstring names, where a class would only repeat the columns.
"""
