command-privacy = privacy, my data and consents
command-mydata = mydata, my data, export my data
command-forget = forget, delete my data, forget me, leave the club

privacy-shown = This is what I have about you, and why.
privacy-known =

    To know you and to keep your card:
    • name: { $name }
    • phone: { $phone }
    • e-mail: { $email }
    • birthday: { $birthday }
    • card: { $card }
    • where you write from: { $channels }
privacy-things =

    To count points, rewards and warranties:
    • orders: { $orders }
    • receipts: { $receipts }
    • devices: { $devices }
    • rewards: { $rewards }
privacy-conversation =

    To answer your questions: our conversation.
privacy-consents =

    Your consents:
privacy-consent-given = • { $consent }: given
privacy-consent-old = • { $consent }: given, but the text has changed since
privacy-consent-none = • { $consent }: not given
privacy-how = Each consent can be taken back by itself. Without the consent to data processing there is no club: to take that back means to delete everything.
privacy-withdraw-button = Take back: { $consent }
privacy-withdrawn = The consent is taken back. There will be no more such messages.
privacy-not-given = There is no such consent: I will not send anything.
privacy-mydata-button = My data as a file
privacy-mydata-begun = I am gathering your data into a file, it takes less than a minute.
privacy-mydata-ready = Here is everything I have about you: a page to read and a JSON file.
privacy-mydata-failed = The file could not be made, sorry. Please try again a little later.
privacy-forget-button = Delete everything about me
privacy-forget-prompt =
    Delete everything I know about you? Your name, phone, e-mail, birthday and our conversation will be gone, the card will stop working and your points will be lost. Neither I nor people can bring them back.

    If you want to keep a copy, take the file first: /mydata
privacy-forget-yes-button = Yes, delete everything
privacy-forget-no-button = No, keep it
privacy-forgotten = All right, I am deleting it. In a minute I will not remember you. Thank you for having been with us!
privacy-kept = All right, everything stays as it is.
