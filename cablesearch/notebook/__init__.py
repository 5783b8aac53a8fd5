"""What the user writes about cables, in a file apart from every index: notes, labels, lists, questions.

Nothing here is imported, opened or created before somebody asks for it.
"""
