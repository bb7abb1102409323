//! Clusters: open pairs put together into parties, and what keeps accounts apart that are alike (D§6.4).

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use kith_api::view::{ClusterPair, ClusterVeto, DuplicateClusterView, Page};
use kith_domain::access::Grant;
use kith_domain::account::Account;
use kith_domain::duplicate::Duplicate;
use kith_domain::refusal::Refusal;
use kith_domain::value::AccountId;
use kith_match::cluster::Clusters;
use kith_match::score::Pair;
use kith_store::{Fault, Noun};

use super::desk::{SORTED_MAX, bits, chance, rounded, told};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::{Loaded, load, read};
use crate::permit;

/// Which clusters.
#[derive(Debug, Clone)]
pub struct ClusterRequest {
    /// Only pairs at least this probable put accounts together.
    pub min_probability: f64,
    /// The cluster after which to go on.
    pub cursor: Option<String>,
    /// How many.
    pub limit: usize,
}

/// A cluster as positions among the accounts of all pairs.
struct Party {
    members: Vec<u32>,
    pairs: Vec<(String, u32, u32, f64)>,
    /// Pairs of accounts that cannot be one, the first of each within the cluster.
    vetoes: BTreeSet<(u32, u32)>,
}

impl Engine {
    /// Open pairs put together, strongest first, unless two members contradict each other.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn duplicate_clusters(
        &self,
        caller: &Caller,
        request: ClusterRequest,
    ) -> Result<Result<Page<DuplicateClusterView>, Refusal>, Fault> {
        if !caller.principal.may(Grant::AccountsRead, None) {
            return Ok(Err(permit::denied(Grant::AccountsRead)));
        }
        let mut pairs = self
            .store()
            .read(|reader| {
                let open = reader.list(Noun::Duplicate, &[("state", "open".into())], None, SORTED_MAX)?;
                open.into_iter().map(read::<Duplicate>).collect::<Result<Vec<_>, Fault>>()
            })
            .await?;
        pairs.retain(|pair| {
            self.sees_both(caller, &pair.state.finding)
                && chance(&pair.state.finding) >= request.min_probability
        });
        let accounts: BTreeSet<AccountId> =
            pairs.iter().flat_map(|pair| [pair.state.finding.left, pair.state.finding.right]).collect();
        let accounts: Vec<AccountId> = accounts.into_iter().collect();
        let mut parties = self.parties(&accounts, &pairs);
        let name = |party: &Party| party.members.first().and_then(|at| accounts.get(*at as usize)).copied();
        parties.sort_by_key(|party| (std::cmp::Reverse(party.members.len()), name(party)));
        let named = |party: &Party| name(party).map(|id| id.to_string()).unwrap_or_default();
        let Page { items, next_cursor, has_more } =
            Page::behind(parties, request.cursor.as_deref(), request.limit, named);
        let items = self.cluster_views(items, accounts).await?;
        Ok(Ok(Page { items, next_cursor, has_more }))
    }

    fn parties(&self, accounts: &[AccountId], pairs: &[Loaded<Duplicate>]) -> Vec<Party> {
        let place = |id: AccountId| accounts.binary_search(&id).ok().and_then(|at| u32::try_from(at).ok());
        let placed: Vec<(String, u32, u32, f64, Pair)> = pairs
            .iter()
            .filter_map(|pair| {
                let finding = &pair.state.finding;
                let (one, other) = (place(finding.left)?, place(finding.right)?);
                let weight = bits(finding.weight_millibits);
                let (left, right) = (one.min(other), one.max(other));
                let strong = Pair { left, right, weight: single(weight) };
                Some((pair.id.clone(), one, other, chance(finding), strong))
            })
            .collect();
        let rows: Vec<Option<u32>> = accounts.iter().map(|id| self.directory().row(*id)).collect();
        let row = |at: u32| rows.get(at as usize).copied().flatten();
        let vetoes: RefCell<BTreeSet<(u32, u32)>> = RefCell::default();
        let strong: Vec<Pair> = placed.iter().map(|pair| pair.4).collect();
        let clusters = self.core().likeness.read(|index| {
            Clusters::of(accounts.len(), &strong, |ones, others| {
                let all = ones.iter().flat_map(|one| others.iter().map(move |other| (*one, *other)));
                let against = all.filter(|(one, other)| {
                    row(*one).zip(row(*other)).is_some_and(|(one, other)| index.contradict(one, other))
                });
                let against: Vec<(u32, u32)> = against.collect();
                vetoes.borrow_mut().extend(against.iter().copied());
                against.is_empty()
            })
        });
        let vetoes = vetoes.into_inner();
        let of = |at: u32| clusters.cluster(at as usize);
        let mut within: BTreeMap<u32, Vec<(String, u32, u32, f64)>> = BTreeMap::new();
        for (id, left, right, chance, _) in placed {
            if of(left) == of(right) {
                within.entry(of(left)).or_default().push((id, left, right, chance));
            }
        }
        let party = |members: &[u32]| {
            let first = members.first().copied().unwrap_or_default();
            let against = vetoes.iter().filter_map(|(one, other)| {
                let (one_in, other_in) = (of(*one) == of(first), of(*other) == of(first));
                (one_in || other_in).then_some(if one_in { (*one, *other) } else { (*other, *one) })
            });
            let vetoes = against.collect();
            Party { members: members.to_vec(), pairs: within.remove(&of(first)).unwrap_or_default(), vetoes }
        };
        clusters.groups().map(party).collect()
    }

    async fn cluster_views(
        &self,
        parties: Vec<Party>,
        accounts: Vec<AccountId>,
    ) -> Result<Vec<DuplicateClusterView>, Fault> {
        let load_all = move |reader: &mut kith_store::Reader<'_>| {
            let mut views = Vec::new();
            for party in &parties {
                let mut loaded: BTreeMap<u32, Account> = BTreeMap::new();
                let others = party.vetoes.iter().map(|(_, other)| *other);
                for at in party.members.iter().copied().chain(others) {
                    let Some(id) = accounts.get(at as usize) else { continue };
                    if let std::collections::btree_map::Entry::Vacant(free) = loaded.entry(at) {
                        free.insert(load::<Account>(reader, &id.to_string())?.state);
                    }
                }
                views.push(view(party, &loaded));
            }
            Ok(views)
        };
        self.store().read(load_all).await
    }
}

fn view(party: &Party, loaded: &BTreeMap<u32, Account>) -> DuplicateClusterView {
    let id = |at: &u32| loaded.get(at).map(|account| account.id.to_string()).unwrap_or_default();
    let tax = |at: &u32| {
        let held = loaded.get(at).and_then(|account| account.tax_id.as_ref());
        held.map(|tax| tax.value.clone()).unwrap_or_default()
    };
    let pair = |(pair, left, right, chance): &(String, u32, u32, f64)| ClusterPair {
        id: pair.clone(),
        left: id(left),
        right: id(right),
        probability: rounded(*chance),
    };
    let veto = |(left, right): &(u32, u32)| ClusterVeto {
        left: id(left),
        right: id(right),
        field: "tax_id".to_owned(),
        left_value: tax(left),
        right_value: tax(right),
        reason: "Both have a tax number of one country, and the numbers differ.".to_owned(),
    };
    DuplicateClusterView {
        id: party.members.first().map(id).unwrap_or_default(),
        accounts: party.members.iter().filter_map(|at| loaded.get(at)).map(told).collect(),
        pairs: party.pairs.iter().map(pair).collect(),
        vetoes: party.vetoes.iter().map(veto).collect(),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "thousandths of a bit need no more")]
fn single(weight: f64) -> f32 {
    weight as f32
}
