//! Settings of Windows for proxies that are not followed: an automatic configuration script (PAC), and a list with a proxy
//! for each protocol.

/// A setting that is not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreadSetting {
    /// A script decides for each address. It is JavaScript, which is not run.
    Script,
    /// `http=…;https=…`
    PerProtocol,
}

/// Returns a setting of the system that is not followed. `None` on other systems.
pub fn unread_setting() -> Option<UnreadSetting> {
    #[cfg(windows)]
    {
        let settings = windows_registry::CURRENT_USER
            .open("Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings")
            .ok()?;
        let text = |name| settings.get_string(name).unwrap_or_default();
        let enabled = settings.get_u32("ProxyEnable").unwrap_or_default() != 0;
        classify(&text("AutoConfigURL"), enabled, &text("ProxyServer"))
    }
    #[cfg(not(windows))]
    None
}

#[cfg(any(windows, test))]
fn classify(script: &str, enabled: bool, servers: &str) -> Option<UnreadSetting> {
    match (script.trim(), enabled && servers.contains('=')) {
        (_, true) => Some(UnreadSetting::PerProtocol),
        ("", false) => None,
        // A fixed proxy is used, as Windows does where the script cannot be read.
        _ if enabled && !servers.trim().is_empty() => None,
        _ => Some(UnreadSetting::Script),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_are_not_followed_are_found() {
        let script = "http://wpad.firma.example/proxy.pac";
        for (pac, enabled, servers, expected) in [
            ("", false, "", None),
            ("", true, "proxy.example:3128", None),
            (script, false, "", Some(UnreadSetting::Script)),
            (script, true, "proxy.example:3128", None),
            ("", true, "http=a:1;https=b:2", Some(UnreadSetting::PerProtocol)),
            ("", false, "http=a:1;https=b:2", None),
        ] {
            assert_eq!(classify(pac, enabled, servers), expected, "{pac} {enabled} {servers}");
        }
    }
}
