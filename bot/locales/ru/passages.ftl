passages-button = Отрывок { $n }
passages-gone = Этого отрывка здесь больше нет.
