conversation-new = A new start. What would you like to know?
conversation-new-thread = A new start. Reply to this message with your question.
conversation-in-groups = In a group, a reply to one of my answers continues from there. A new /ask starts over.
