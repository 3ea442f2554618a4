"""
The engine: documents, people, steps and the log of what they did. Knows nothing of HTTP.

errors, settings       what can go wrong; how an installation is set up
content                the structured text of a document and its digest
definition, loader     a procedure as frozen values; from YAML to one that cannot be wrong
procedure_*            its shape, its sense, its table; published: the lock of what documents run on
agency, catalogue      what people who know the law write down: agencies, types, capacities of signing
staff, people          agencies, units, posts and rights as dated values; who holds what today
authority              who may sign what, in which capacity, on what basis
case, relations        the facts of one document; whom a step's `by` means for it
rules, need_words      the named needs a definition may call, and how a table says them
machine                a definition set in motion; the only importer of `transitions`
engine                 one Work is one transaction by one actor at one moment
audit, log             the entry every command leaves; chain, tree and checkpoints
numbering              the next number of a register, without gaps
reading                a text becomes a proposed Content
commands, queries      everything that changes the record; everything that reads it

Vietnamese terms and their identifiers: the glossary in README.md.
"""
