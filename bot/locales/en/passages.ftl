# A button that shows the sentence [n] in its paragraph.
passages-button = Passage { $n }
passages-gone = This passage is no longer here.
