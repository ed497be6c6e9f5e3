"""The data map of what products keep: numbers, credentials, sign-ins, consent, the ledger. Pure."""

from typing import Final

from amanat.core.data_map import ACCOUNT, OWNER, Declared, Kind, held, plain

CODE: Final = "ten minutes"
DAY: Final = "a day"
DEVICE: Final = "while the device is signed in"

PRODUCTS: Final[tuple[Declared, ...]] = (
    # Phone numbers
    held(
        "phones",
        {Kind.PSEUDONYM: "user_id", Kind.CONTACT: "number_hash sealed_number", Kind.ACTIVITY: "linked_ts"},
        purpose="finds the account of a number, and tells the number to its owner and to whom they share it with",
        kept="while the number is linked",
        readers="its owner; the bots that they share it with",
    ),
    held(
        "phone_owners",
        {Kind.PSEUDONYM: "user_id", Kind.CONTACT: "number_hash"},
        purpose="finds the account of a number",
        kept="while the number is linked",
    ),
    held(
        "phone_codes",
        {
            Kind.CONTACT: "number_hash sealed_number",
            Kind.CREDENTIAL: "challenge_hash code_hash",
            Kind.ACTIVITY: "created_ts",
        },
        purpose="tests a code that was sent to a number",
        kept=CODE,
    ),
    plain("phone_codes", "purpose guesses"),
    held(
        "phone_sends",
        {Kind.CONTACT: "number_hash", Kind.NETWORK: "address_hash", Kind.ACTIVITY: "sent last_ts"},
        purpose="limits how often a number is sent codes",
        kept=DAY,
    ),
    held(
        "phone_counts",
        {Kind.NETWORK: "subject"},
        purpose="limits codes for each part of the network and each range of numbers, and notices fraud",
        kept=DAY,
    ),
    plain("phone_counts", "scope hour sent verified"),
    plain("phone_work", "nonce expires_ts"),
    plain("sms_spending", "day adapter spent sent failed"),
    held(
        "findable_by_number",
        {Kind.CHOICE: "user_id"},
        purpose="lets others find a person by number, where the person wishes it",
        kept="while its owner wishes it",
    ),
    # Credentials
    held(
        "pins",
        {
            Kind.PSEUDONYM: "user_id",
            Kind.CREDENTIAL: "pin_hash",
            Kind.ACTIVITY: "active_ts failures next_try_ts day_began_ts day_tries",
        },
        purpose="keeps who has the number alone out of the account, and counts guesses",
        kept="until the PIN is removed or the account ends",
    ),
    plain("pins", "reset_ts"),
    held(
        "passkeys",
        {
            Kind.PSEUDONYM: "user_id",
            Kind.CREDENTIAL: "credential_id public_key sign_count",
            Kind.NAME: "name",
            Kind.ACTIVITY: "created_ts used_ts",
        },
        purpose="signs a person in; `used_ts` is the hour",
        kept="until its owner removes it",
        readers=OWNER,
    ),
    plain("passkeys", "prf backed_up"),
    held(
        "recovery_keys",
        {Kind.PSEUDONYM: "user_id", Kind.CREDENTIAL: "key_hash", Kind.ACTIVITY: "created_ts"},
        purpose="lets a person back in who has lost number and devices",
        kept="until it is replaced or the account ends",
    ),
    held(
        "recovery_emails",
        {Kind.PSEUDONYM: "user_id", Kind.CONTACT: "address", Kind.CHOICE: "language"},
        purpose="mails a person what happens to their account",
        kept="until it is replaced or removed",
        readers=OWNER,
    ),
    held(
        "recovery_emails",
        {Kind.CONTACT: "previous"},
        purpose="tells an address that it is no longer used",
        kept="until it was told; three days at most",
    ),
    held(
        "recovery_emails",
        {Kind.CONTACT: "pending", Kind.CREDENTIAL: "code_hash"},
        purpose="confirms an address",
        kept="thirty minutes",
    ),
    plain("recovery_emails", "code_expires_ts guesses day_began_ts day_sent told_ts"),
    # Signing in
    held(
        "browser_sessions",
        {
            Kind.PSEUDONYM: "user_id",
            Kind.CREDENTIAL: "session_hash",
            Kind.ACTIVITY: "signed_in_ts seen_ts",
            Kind.NAME: "browser",
        },
        purpose="keeps a browser signed in to the account pages; `seen_ts` is the day",
        kept="until the session ends",
        readers=OWNER,
    ),
    plain("oauth_clients", "client_id metadata registered_ts used_ts"),
    held(
        "oauth_sessions",
        {Kind.PSEUDONYM: "user_id device_id", Kind.ACTIVITY: "granted_ts", Kind.CHOICE: "client_id scope"},
        purpose="shows which app a device was signed in with",
        kept=DEVICE,
        readers=OWNER,
    ),
    held(
        "oauth_codes",
        {Kind.PSEUDONYM: "user_id device_id", Kind.CREDENTIAL: "code_hash challenge family"},
        purpose="hands a sign-in over to an app, once",
        kept="an hour",
    ),
    plain("oauth_codes", "client_id redirect_uri scope expires_ts"),
    held(
        "oauth_device_codes",
        {
            Kind.PSEUDONYM: "user_id device_id",
            Kind.CREDENTIAL: "device_code_hash user_code_hash check_code",
            Kind.NETWORK: "place",
            Kind.ACTIVITY: "began_ts",
        },
        purpose="lets a device in that another one approves, which is shown from where it asks",
        kept=CODE,
        readers=OWNER,
    ),
    plain("oauth_device_codes", "misses client_id scope expires_ts decision"),
    held(
        "login_tokens",
        {Kind.PSEUDONYM: "user_id", Kind.CREDENTIAL: "token_hash"},
        purpose="hands a sign-in over to an app, once",
        kept="two minutes",
    ),
    plain("login_tokens", "expires_ts"),
    # Consent
    plain("policy_texts", "policy version language sha256 effective feature published_ts"),
    held(
        "policy_choices",
        {Kind.PSEUDONYM: "user_id", Kind.CHOICE: "choice until_ts", Kind.ACTIVITY: "chosen_ts"},
        purpose="does what a person chose about an optional feature, and no more",
        kept=ACCOUNT,
        readers=OWNER,
    ),
    plain("policy_choices", "policy version"),
    # The ledger
    plain("partners", "partner_id name token_hash scopes reads_per_day created_ts expires_ts revoked_ts"),
    held(
        "partner_grants",
        {Kind.PSEUDONYM: "user_id", Kind.CHOICE: "partner_id scope", Kind.ACTIVITY: "granted_ts"},
        purpose="lets a partner, or a bot's account, read what a person allows it, and nothing else",
        kept="until its owner takes it back",
        readers=OWNER,
    ),
    held(
        "partner_reads",
        {Kind.PSEUDONYM: "partner_id", Kind.ACTIVITY: "day reads"},
        purpose="limits how often a partner, or a bot's account, reads on a day",
        kept="400 days",
    ),
    held(
        "ledger",
        {Kind.PSEUDONYM: "user_id", Kind.ACTIVITY: "ts", Kind.RELATION: "partner_id scopes fields purpose"},
        purpose="shows a person who read what of them, when and why; never what it said",
        kept=ACCOUNT,
        readers=OWNER,
    ),
    plain("ledger", "number salt"),
    plain("ledger_leaves", "number ts leaf_hash"),
    plain("ledger_tiles", "first_number hash"),
    plain("ledger_roots", "last_number first_number day root"),
    # Rights
    held(
        "exports",
        {Kind.PSEUDONYM: "user_id", Kind.ACTIVITY: "requested_ts", Kind.CONTENT: "blob"},
        purpose="lets a person take their data along; `blob` names the file",
        kept="seven days",
        readers=OWNER,
    ),
    plain("exports", "export_id expires_ts size"),
)
