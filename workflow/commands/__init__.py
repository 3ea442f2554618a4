"""
Everything that changes the record, one verb a function.

A command takes the `Work` first and the rest by keyword. It never commits, never prints, and either does
all it says or raises a `WorkflowError`.
"""
