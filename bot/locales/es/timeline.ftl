timeline-heading = Qué pasó: { $subject }
timeline-nothing = No tengo noticias con fecha sobre esto.
timeline-which = ¿Qué tema? Por ejemplo: /timeline embajada en Bagdad
timeline-otherwise = { $source } dice { $value }
timeline-how = Frases escogidas de los artículos, en el día del que hablan o en que se publicaron.
