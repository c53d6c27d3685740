removal-empty = لم يُضَف شيء في هذه المحادثة. ما عدا ذلك في ‎/sources للجميع.
removal-which = أيّها أحذف؟ اضغط على رقمه.
removal-done = حُذف. لم أعد أجيب منه.
removal-unknown = لا يوجد مقال كهذا في مجموعة هذه المحادثة. يعرض ‎/remove ما هو موجود.
removal-admins-only = لا يمكن حذف المقالات إلا لمشرفي هذه المجموعة.
