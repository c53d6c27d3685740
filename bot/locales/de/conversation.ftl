conversation-new = Neu angefangen. Was möchten Sie wissen?
conversation-new-thread = Neu angefangen. Antworten Sie auf diese Nachricht mit Ihrer Frage.
conversation-in-groups = In einer Gruppe geht es weiter, wenn Sie auf eine meiner Antworten antworten. Ein neues /ask fängt neu an.
