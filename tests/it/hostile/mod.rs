//! Input from hostile servers, files, disks and terminals: nothing panics, hangs, leaks or is obeyed.

#[cfg(target_os = "linux")]
mod children;
#[cfg(unix)]
mod endings;
mod endpoints;
#[cfg(unix)]
mod exports;
#[cfg(unix)]
mod files;
mod numbers;
mod printed;
mod readers;
mod slow;
mod tokens;

use klarert::{check::Settings, journey::Environment, report::Report};

use crate::support::service::{Reply, Request, Service, businesses};

/// A finished check against a service that answers some paths in its own way.
struct Checked {
    report: Report,
    service: Service,
}

/// Runs a check of a Norwegian profile. `answer` replaces the honest response where it is `Some`.
fn check_against(
    answer: impl Fn(&Request) -> Option<Reply> + Send + Sync + 'static,
    change: impl FnOnce(&mut Environment, &mut Settings),
) -> Checked {
    let service = Service::start(Some(0), Box::new(answer));
    let mut environment = businesses::environment(&service.base);
    let mut settings = businesses::quick();
    change(&mut environment, &mut settings);
    let profile = businesses::norwegian();
    let opened = businesses::opened(businesses::certificate(&profile));
    let (report, _) = businesses::check(&profile, &environment, &settings, opened);
    Checked { report, service }
}

impl Checked {
    /// Returns the diagnosis' id; `passed` if there is none.
    fn diagnosis(&self) -> &str {
        self.report
            .diagnosis
            .as_ref()
            .map_or("passed", |diagnosis| diagnosis.id.as_str())
    }
}
