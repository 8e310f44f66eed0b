fallback-no-words = I found no words here. Type your question and I'll answer.
fallback-attachment = I can't read pictures and files yet. Describe your question in words, for example name the model.
fallback-contact = Thank you, but I don't need a phone number right now. Tell me how I can help.
fallback-voice = I can't listen to voice messages yet. Please type the same, and I will answer.
fallback-sticker = Nice one! If you need an answer, just type your question.
fallback-location = Thank you, but I can't read maps yet. Please type the city or your question.
fallback-foreign-contact = This is somebody else's number, so I don't keep it. If yours is needed, please share your own contact.
