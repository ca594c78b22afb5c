//! Settings in lists and manifests, which have them in another form than sections.

use base64::{Engine, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

use super::tree::Setting;

/// Returns the settings together with those that lists and manifests have in another form: `NAME=value` in a list of
/// docker-compose, `name:` and `value:` in a manifest, and base64 in a Secret of Kubernetes.
pub fn expanded(mut settings: Vec<Setting>) -> Vec<Setting> {
    let secrets = settings
        .iter()
        .filter(|setting| setting.name == "kind" && *setting.value == "Secret");
    let secrets: Vec<usize> = secrets.map(|setting| setting.document).collect();
    let mut more = Vec::new();
    for setting in &mut settings {
        let of_list = setting.name.ends_with(']');
        if let Some((name, value)) = setting
            .value
            .split_once('=')
            .filter(|(name, _)| of_list && is_variable(name))
        {
            more.push(Setting {
                name: name.to_owned(),
                value: Zeroizing::new(value.to_owned()),
                ..*setting
            });
        }
        if secrets.contains(&setting.document) && setting.name.starts_with("data.") {
            let decoded = STANDARD.decode(setting.value.as_bytes()).ok().map(Zeroizing::new);
            let text = decoded.and_then(|bytes| Some(Zeroizing::new(std::str::from_utf8(&bytes).ok()?.to_owned())));
            setting.value = text.unwrap_or_default();
        }
    }
    for setting in &settings {
        let value = setting.name.strip_suffix("].name").map(|item| format!("{item}].value"));
        let is_value = |other: &&Setting| other.document == setting.document && value.as_ref() == Some(&other.name);
        if let Some(value) = settings.iter().find(is_value) {
            more.push(Setting {
                name: setting.value.to_string(),
                value: value.value.clone(),
                ..*value
            });
        }
    }
    settings.extend(more);
    settings
}

fn is_variable(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// Returns a filter for the items of a list of certificates: if one is marked as that for authentication (`AUTH`), the
/// others are not used.
pub fn chosen_items(settings: &[Setting]) -> impl Fn(&str) -> bool {
    let is_type = |setting: &&Setting| setting.name.ends_with("type") && setting.name.contains("].");
    let types = settings.iter().filter(is_type);
    let prefix = |setting: &Setting| setting.name.rsplit_once('.').map(|(prefix, _)| format!("{prefix}."));
    let is_auth = |setting: &Setting| setting.value.to_uppercase().starts_with("AUTH");
    let (auth, others): (Vec<&Setting>, Vec<&Setting>) = types.partition(|setting| is_auth(setting));
    let hidden: Vec<String> = match auth.is_empty() {
        true => Vec::new(),
        false => others.into_iter().filter_map(prefix).collect(),
    };
    move |name: &str| !hidden.iter().any(|prefix| name.starts_with(prefix))
}
