//! The proxy that the environment names. Values are read in the forms that people write. One that is not understood is an
//! error: without the proxy, the connection would go another way than was configured.

use std::env;

use hyper_util::client::proxy::matcher::Matcher;
use url::Url;
use zeroize::Zeroizing;

use super::{
    no_proxy,
    proxy_value::{Problem, Proxy, clean, parse},
};
use crate::{diagnosis::TransportError, text::visible};

/// Variables with a proxy for `https`, in the order of curl. An empty one counts as absent.
const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
/// Variables with the hosts that are reached without a proxy.
const EXCEPTIONS: [&str; 2] = ["NO_PROXY", "no_proxy"];
/// The way to a host.
#[derive(Debug)]
pub enum Route {
    Direct,
    /// The system decides; the proxy's host and port if it has one for this host.
    System(Option<String>),
    Proxy(Proxy),
}

/// Returns the route to the host of `url` by the variables of the environment, else by the system's settings.
///
/// # Errors
///
/// [`TransportError::ProxySetting`] if a variable is not understood.
pub fn route(url: &Url) -> Result<Route, TransportError> {
    let value = |name: &str| env::var_os(name).map(|value| Zeroizing::new(value.to_string_lossy().into_owned()));
    let given = |names: &[&'static str]| {
        let set = names.iter().filter_map(|name| Some((*name, value(name)?)));
        set.into_iter().find(|(_, value)| !clean(value).is_empty())
    };
    let (host, port) = (
        url.host_str().unwrap_or_default(),
        url.port_or_known_default().unwrap_or_default(),
    );
    if given(&EXCEPTIONS).is_some_and(|(_, list)| no_proxy::contains(&list, host, port)) {
        return Ok(Route::Direct);
    }
    let Some((variable, value)) = given(&VARIABLES) else {
        return Ok(Route::System(of_system(url)));
    };
    match parse(&value) {
        Ok(Some(proxy)) => Ok(Route::Proxy(proxy)),
        Ok(None) => Ok(Route::Direct),
        Err(problem) => Err(TransportError::ProxySetting {
            variable,
            problem: problem.id(),
            scheme: match problem {
                Problem::Scheme(scheme) => scheme,
                _ => String::new(),
            },
        }),
    }
}

/// Returns the address of a proxy without user, password and path. `None` if the value is not understood.
pub fn without_user(value: &str) -> Option<String> {
    let proxy = parse(value).ok().flatten()?;
    let scheme = proxy.url.split_once("://").map_or("", |(scheme, _)| scheme);
    match proxy.shown.contains("://") {
        true => Some(proxy.shown),
        false => Some(format!("{scheme}://{}", proxy.shown)),
    }
}

/// Returns the entries of the list of exceptions that are not understood.
pub fn unknown_exceptions() -> Vec<String> {
    let lists = EXCEPTIONS.iter().filter_map(|name| env::var(name).ok());
    lists
        .flat_map(|list| no_proxy::unknown(&list))
        .map(|entry| visible(&entry))
        .collect()
}

/// Returns the proxy that reqwest uses by the system's settings: it asks the same matcher.
fn of_system(url: &Url) -> Option<String> {
    let target = url.as_str().parse().ok()?;
    let proxy = Matcher::from_system().intercept(&target)?;
    let host = proxy.uri().host()?;
    Some(match proxy.uri().port_u16() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}
