"""How long somebody has to wait who has guessed often, and who counts as one (pure).

Waits are short, grow with each failure, and are bounded; what is tried during a wait counts for
nothing, so nobody can keep another one out by trying on.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import AddressValueError, IPv4Address, IPv6Address, IPv6Network

FIRST_WAIT = timedelta(minutes=1)
# A failure after which nothing has failed for so long is forgotten.
FORGOTTEN = timedelta(days=1)


@dataclass(frozen=True)
class Brake:
    """How many failures cost no wait, and how long a wait may become."""

    free: int
    longest: timedelta

    def wait(self, failures: int) -> timedelta:
        """What has to pass after the last of so many failures."""
        # A doubling more than this is longer than any wait.
        doublings = min(failures - self.free, 16)
        if doublings < 0:
            return timedelta()
        return min(FIRST_WAIT * 2**doublings, self.longest)

    def held_until(self, failures: int, last: datetime | None, at: datetime) -> datetime | None:
        """When one may try again; None where that is now. last: when the last one failed."""
        wait = self.wait(failures)
        # A failure that is long to come is one before the clock was set back.
        if not wait or last is None or not last - self.longest <= at < last + FORGOTTEN:
            return None
        until = min(last + wait, at + self.longest)
        return until if until > at else None


def network_of(address: str) -> str:
    """Whom an address stands for: an IPv4 address for itself, an IPv6 address for its /64.

    "0.0.0.0" where it is no address.
    """
    address = address.strip().partition("%")[0]
    try:
        return str(IPv4Address(address))
    except AddressValueError:
        pass
    try:
        found = IPv6Address(address)
    except AddressValueError:
        return "0.0.0.0"  # noqa: S104 (nothing is bound to it)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Network((found, 64), strict=False).network_address)


def client_address(remote: str, real_ip: str, forwarded: str, *, behind_proxy: bool) -> str:
    """Where a request comes from: what our proxy says, else who is connected.

    real_ip, forwarded: the headers X-Real-IP and X-Forwarded-For. Of the latter only the last
    address is the proxy's own word: the client may have sent the others.
    """
    if not behind_proxy:
        return remote
    return real_ip.strip() or forwarded.rpartition(",")[2].strip() or remote
