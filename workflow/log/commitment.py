"""
Salted commitments: an entry fixes a comment, an IP address or a user agent without holding it.

The text and its salt lie in a row beside the log. To erase means to delete both: with the salt alone, the few
billion IPv4 addresses could be tried one after another. Without it, the commitment says nothing.
"""

import hashlib
import hmac
import secrets

DOMAIN = b"trinhky/commitment/1\0"
SALT_SIZE = 32


def fresh_salt() -> bytes:
    """32 unpredictable bytes, one salt for one text."""
    return secrets.token_bytes(SALT_SIZE)


def commit(text: str, salt: bytes) -> str:
    """
    Hex SHA-256 over the domain, the salt and the text's UTF-8 bytes, exactly as the text is stored.

    Nothing is folded: another Unicode form of the same words does not open the commitment. Raises ValueError
    for a salt of another length, which would let salt and text share bytes.
    """
    if len(salt) != SALT_SIZE:
        raise ValueError(f"a salt has {SALT_SIZE} bytes, not {len(salt)}")
    return hashlib.sha256(DOMAIN + salt + text.encode()).hexdigest()


def opens(commitment: str, text: str, salt: bytes) -> bool:
    """Whether `text` and `salt` are what the commitment was made from."""
    if len(salt) != SALT_SIZE or not commitment.isascii():
        return False
    return hmac.compare_digest(commitment, commit(text, salt))
