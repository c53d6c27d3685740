"""Articles that give orders, and models that obey them: the checks must hold."""
