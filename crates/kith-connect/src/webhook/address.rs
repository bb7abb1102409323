//! Which addresses may be called: nobody outside gets Kith to knock at doors inside.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Resolves names to public addresses. What is resolved is what is called: a name cannot turn into another address between.
#[derive(Debug)]
pub(super) struct PublicOnly {
    allow_private: bool,
    names: DefaultResolver,
}

/// What says that every address of a name is private.
const PRIVATE: &str = "kith: no public address";

impl PublicOnly {
    pub(super) fn new(allow_private: bool) -> Self {
        Self { allow_private, names: DefaultResolver::default() }
    }
}

impl Resolver for PublicOnly {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        let mut kept: ResolvedSocketAddrs = self.names.empty();
        for address in found.iter().filter(|address| self.allow_private || is_public(address.ip())) {
            kept.push(*address);
        }
        if kept.is_empty() { Err(Error::Io(std::io::Error::other(PRIVATE))) } else { Ok(kept) }
    }
}

/// Whether a call failed because its address is not a public one.
pub(super) fn is_private(error: &Error) -> bool {
    matches!(error, Error::Io(inner) if inner.to_string() == PRIVATE)
}

/// Whether an address is one of the public network.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => is_public_four(four),
        IpAddr::V6(six) => is_public_six(six),
    }
}

fn is_public_four(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || address.is_broadcast();
    let shared = first == 100 && (64..128).contains(&second);
    let assigned = (first, second, third) == (192, 0, 0);
    let measured = first == 198 && (18..20).contains(&second);
    !(special || shared || assigned || measured || first == 0 || first >= 240)
}

/// Only `2000::/3` is assigned, and of it not what holds an address of the other kind that is private.
fn is_public_six(address: Ipv6Addr) -> bool {
    if let Some(four) = address.to_ipv4_mapped() {
        return is_public_four(four);
    }
    let [a, b, c, _, _, _, g, h] = address.segments();
    let four = |high: u16, low: u16| {
        let ([one, two], [three, four]) = (high.to_be_bytes(), low.to_be_bytes());
        Ipv4Addr::new(one, two, three, four)
    };
    match (a, b) {
        (0x64, 0xff9b) => is_public_four(four(g, h)),
        (0x2002, _) => is_public_four(four(b, c)),
        // Tunnels, benchmarks, documentation.
        (0x2001, 0..=0x1ff | 0xdb8) | (0x3fff, 0..=0xfff) => false,
        _ => (a & 0xe000) == 0x2000,
    }
}
