sources-empty = Статей здесь пока нет. Добавьте статью командой /add со ссылкой или пришлите мне файл.
sources-total = { $total ->
    [one] { $total } статья
    [few] { $total } статьи
   *[many] { $total } статей
}
sources-page = { $total }, { $first }–{ $last }
sources-newer = ‹ Новее
sources-older = Старее ›
