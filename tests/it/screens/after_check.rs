//! What the screen says after a check that passed, and about the certificate.

use klarert::{
    certificate::{Other, Purpose},
    report::StageFacts,
    text::{Language, Texts},
    wizard,
};

use super::views;
use crate::support::stubs::{examined, report};

#[test]
fn supplier_is_named_beside_its_customer() {
    let model = views::ended("passed");
    let onboarding = model.onboarding().unwrap();
    for language in Language::ALL {
        let texts = Texts::new(language);
        for supplier in [None, Some("0192:987654325")] {
            let mut report = report("passed");
            let mut consumer = None;
            for stage in &mut report.stages {
                if let StageFacts::Tokens(tokens) = &mut stage.facts {
                    for token in tokens {
                        token.supplier = supplier.map(str::to_owned);
                        consumer = token.consumer.clone();
                    }
                }
            }
            let known = wizard::what_you_have(&model, onboarding, &report, &texts).remove(0);
            assert!(known.contains(&consumer.unwrap()), "{known}");
            assert_eq!(known.contains("0192:987654325"), supplier.is_some(), "{known}");
        }
    }
}

#[test]
fn numbers_of_other_certificates_do_not_read_as_counts() {
    let mut facts = examined("authentication").facts;
    let other = |number, purpose| Other { number, purpose };
    facts.others = vec![other(2, Purpose::Signing), other(3, Purpose::Encryption)];
    for language in Language::ALL {
        let texts = Texts::new(language);
        let line = wizard::other_certificates(&facts, &texts).unwrap();
        for other in &facts.others {
            let counted = format!("{} {}", other.number, other.purpose.name(&texts));
            assert!(!line.contains(&counted), "{line}");
        }
    }
}
