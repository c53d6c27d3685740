"""What a follow-up question means: it leans on the last turns, or it stands alone.

leaning → spoken_of (the last turn) → asked_anew, substitution, rules; rewriting by a model beside them.
"""
