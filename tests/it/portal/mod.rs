//! Samarbeidsportalen by its API: the commands against a server of the documents, interruptions, and refusals.

mod interruptions;
mod refusals;
mod sequence;

use std::{fs, path::PathBuf, sync::LazyLock};

use klarert::{
    credential::generate::{self, Bits},
    profile::{Authentication, Kind, Profile, administration},
};

use crate::support::{
    home::Home,
    portal_server::{ADMINISTRATION, ORGANISATION, PortalServer},
    stubs::NOW,
};

/// The key of the administration client.
static ADMIN_KEY: LazyLock<(tempfile::TempDir, PathBuf)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("admin.pem");
    generate::write_key(&file, &generate::key(Bits::B2048).unwrap()).unwrap();
    (folder, file)
});

/// Returns an administration client of the server.
fn admin() -> Profile {
    let mut admin = administration::new("lab", NOW);
    admin.business.organisation = Some(ORGANISATION.to_owned());
    admin.client.id = Some(ADMINISTRATION.to_owned());
    admin.client.authentication = Authentication::Key;
    admin.client.kid = Some("admin-key".to_owned());
    admin.certificate.path = Some(ADMIN_KEY.1.clone());
    admin
}

/// Returns an onboarding for the road service whose client signs with a key.
fn onboarding() -> Profile {
    let mut profile = Profile::new("lab", NOW);
    profile.business.kind = Some(Kind::Norwegian);
    profile.business.name = Some("Acme AS".to_owned());
    profile.business.organisation = Some(ORGANISATION.to_owned());
    profile.business.services = vec!["road".to_owned()];
    profile.client.authentication = Authentication::Key;
    profile.set_scopes(&[]);
    profile
}

/// Returns a home with the environment of the server, its administration client `admin`, and the onboarding `acme`.
fn home(server: &PortalServer) -> Home {
    let home = Home::new();
    fs::write(home.path().join("config.toml"), server.config()).unwrap();
    home.save("admin", &admin());
    home.save("acme", &onboarding());
    home
}
