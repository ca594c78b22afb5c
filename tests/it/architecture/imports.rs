//! Which module imports which, by the paths in the code that begin with `crate::`, `super::` or `self::`.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::source::Source;

/// A module by its path from the crate root.
pub type Module = Vec<String>;

/// Imports by module; each with a module that it needs.
pub type Graph = BTreeMap<Module, BTreeSet<Module>>;

/// The modules of the crate, with the names that each re-exports from its submodules.
pub struct Modules {
    reexports: BTreeMap<Module, BTreeMap<String, Module>>,
}

impl Modules {
    pub fn of(sources: &[Source]) -> Modules {
        let mut reexports = BTreeMap::new();
        for source in sources {
            let module = module(source);
            let names = public_uses(&source.code)
                .flat_map(|tree| expand(tree).0)
                .filter_map(|path| Some((path.last()?.clone(), [&module[..], &path].concat())))
                .collect();
            reexports.insert(module, names);
        }
        Modules { reexports }
    }

    /// Returns the modules that a file imports, without itself and those around it.
    pub fn imports(&self, source: &Source) -> BTreeSet<Module> {
        let own = module(source);
        let mut code = source.code.clone();
        for tree in public_uses(&source.code) {
            code = code.replace(tree, "");
        }
        let mut found: BTreeSet<Module> = paths(&code, &own).iter().map(|path| self.resolve(path)).collect();
        // A module names its submodules without a prefix.
        let submodules = self
            .reexports
            .keys()
            .filter(|module| module.split_last().is_some_and(|(_, above)| above == own));
        found.extend(submodules.filter(|module| uses(&code, module.last().unwrap())).cloned());
        found.retain(|module| !own.starts_with(module));
        found
    }

    /// Returns the module that defines what a path names.
    fn resolve(&self, path: &[String]) -> Module {
        let length = (0..=path.len())
            .rev()
            .find(|length| self.reexports.contains_key(&path[..*length]));
        let (module, rest) = path.split_at(length.unwrap_or(0));
        match rest.first().and_then(|name| self.reexports.get(module)?.get(name)) {
            Some(target) => self.resolve(target),
            None => module.to_owned(),
        }
    }
}

/// Returns `a/b.rs` and `a/b/mod.rs` as a, b.
pub fn module(source: &Source) -> Module {
    let path = source.path.strip_suffix(".rs").unwrap_or(&source.path);
    let parts = path.split('/').filter(|part| !["mod", "lib", "main"].contains(part));
    parts.map(str::to_owned).collect()
}

/// Returns the trees of the re-exports of submodules.
fn public_uses(code: &str) -> impl Iterator<Item = &str> {
    ["pub use ", "pub(crate) use ", "pub(super) use "]
        .into_iter()
        .flat_map(move |keyword| {
            let trees = code
                .match_indices(keyword)
                .map(move |(at, _)| &code[at + keyword.len()..]);
            let trees = trees.map(|tree| &tree[..tree.find(';').unwrap_or(tree.len())]);
            trees.filter(|tree| !["crate::", "super::"].iter().any(|other| tree.starts_with(other)))
        })
}

/// Returns whether the code names something in a module of this name.
fn uses(code: &str, name: &str) -> bool {
    code.match_indices(&format!("{name}::"))
        .any(|(at, _)| is_start(&code[..at]))
}

fn is_start(before: &str) -> bool {
    !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
}

/// Returns the paths in the code, from the crate root.
fn paths(code: &str, own: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for keyword in ["crate::", "super::", "self::"] {
        for (at, _) in code.match_indices(keyword).filter(|(at, _)| is_start(&code[..*at])) {
            for path in expand(&code[at..]).0 {
                found.extend(from_root(&path, own));
            }
        }
    }
    found
}

fn from_root(path: &[String], own: &[String]) -> Option<Vec<String>> {
    let mut absolute = own.to_owned();
    let mut rest = path;
    while let Some((first, after)) = rest.split_first() {
        match first.as_str() {
            "crate" => absolute.clear(),
            "super" => drop(absolute.pop()?),
            "self" => {}
            _ => break,
        }
        rest = after;
    }
    absolute.extend_from_slice(rest);
    Some(absolute)
}

/// Expands `a::{b, c::{d, e}}` to a::b, a::c::d and a::c::e, and returns the text after it.
fn expand(tree: &str) -> (Vec<Vec<String>>, &str) {
    let tree = tree.trim_start();
    if let Some(mut rest) = tree.strip_prefix('{') {
        let mut all = Vec::new();
        loop {
            rest = rest.trim_start().trim_start_matches(',').trim_start();
            if rest.is_empty() || rest.starts_with('}') {
                return (all, rest.get(1..).unwrap_or_default());
            }
            let (paths, after) = expand(rest);
            all.extend(paths);
            // Skips `as name`.
            rest = &after[after.find([',', '}']).unwrap_or(after.len())..];
        }
    }
    let end = tree
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(tree.len());
    let (name, rest) = tree.split_at(end);
    let Some(below) = rest.strip_prefix("::").filter(|_| !name.is_empty()) else {
        return (vec![vec![name.to_owned()]], rest);
    };
    let (mut paths, rest) = expand(below);
    paths.iter_mut().for_each(|path| path.insert(0, name.to_owned()));
    (paths, rest)
}

/// Returns a shortest circle, if there is one.
pub fn circle(graph: &Graph) -> Option<Vec<Module>> {
    let circles = graph.keys().filter_map(|start| way(graph, start, start));
    circles.min_by_key(Vec::len)
}

/// Returns a shortest way along the imports.
fn way(graph: &Graph, from: &Module, to: &Module) -> Option<Vec<Module>> {
    let mut ways = std::collections::VecDeque::from([vec![from.clone()]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        for next in graph.get(way.last()?).into_iter().flatten() {
            let longer = [&way[..], std::slice::from_ref(next)].concat();
            if next == to {
                return Some(longer);
            }
            if seen.insert(next.clone()) {
                ways.push_back(longer);
            }
        }
    }
    None
}

#[test]
fn nested_imports_and_reexports_are_resolved() {
    let file = |path: &str, code: &str| Source {
        path: path.to_owned(),
        lines: 1,
        text: String::new(),
        code: code.to_owned(),
        strings: Vec::new(),
    };
    let sources = [
        file("lib.rs", "pub mod a; pub mod b;"),
        file(
            "a/mod.rs",
            "mod c; mod d; pub use c::{Made, Other as Named}; fn f() { d::g() }",
        ),
        file(
            "a/c.rs",
            "use super::{d::{self, E}, here}; use crate::b::{B, deep::X as Y};",
        ),
        file("a/d.rs", "fn g() { super::super::b::call(super::Made, self::h()) }"),
        file("b.rs", "use std::fs; pub use crate::a::{Made, c::Other};"),
    ];
    let modules = Modules::of(&sources);
    let imports = |at: usize| {
        let found = modules.imports(&sources[at]);
        found.iter().map(|module| module.join("::")).collect::<Vec<_>>()
    };
    assert_eq!(imports(1), ["a::d"]);
    assert_eq!(imports(2), ["a::d", "b"]);
    assert_eq!(imports(3), ["a::c", "b"]);
    assert_eq!(imports(4), ["a::c"]);
    let graph = sources
        .iter()
        .map(|source| (module(source), modules.imports(source)))
        .collect();
    assert_eq!(circle(&graph).map(|circle| circle.len()), Some(3));
}
