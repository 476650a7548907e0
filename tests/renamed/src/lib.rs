//! The derive in a crate whose manifest renames `ddb-core`, and where `ddb_core` means something
//! else.

#[cfg(test)]
mod tests {
    use database::{DetectChanges, FromAttribute, FromStreamImage, IntoAttribute, IntoItem, Item};

    /// A relative path would resolve to this module instead of the crate.
    #[allow(dead_code, reason = "a decoy: generated code must not name it")]
    mod ddb_core {}

    #[derive(Debug, Default, PartialEq, FromStreamImage, IntoItem)]
    #[ddb(crate = "database")]
    struct Lossy {
        id: u32,
        #[ddb(from_str)]
        address: Option<std::net::Ipv4Addr>,
        #[ddb(flatten)]
        inner: Option<Strict>,
        #[ddb(rest)]
        rest: Item,
    }

    #[derive(Debug, PartialEq, FromStreamImage, IntoItem, DetectChanges)]
    #[ddb(crate = "::database", strict, deny_unknown)]
    struct Strict {
        kind: Kind,
        name: Name,
    }

    #[derive(Debug, PartialEq, FromAttribute, IntoAttribute)]
    #[ddb(crate = "database")]
    enum Kind {
        Known,
    }

    #[derive(Debug, PartialEq, FromStreamImage, IntoItem)]
    #[ddb(crate = "database", tag = "kind")]
    enum Entity {
        Strict(Strict),
        Inline {
            id: u32,
        },
        #[ddb(other)]
        Other(Item),
    }

    #[derive(Debug, PartialEq, FromStreamImage, IntoItem)]
    #[ddb(crate = "database", transparent)]
    struct Name(String);

    #[test]
    fn generated_code_finds_the_crate() {
        assert_eq!(Lossy::from(Item::default()), Lossy::default());
        assert!(Strict::try_from(Item::default()).is_err());
        let entity = Entity::try_from(Item::default()).expect("an entity");
        assert_eq!(entity, Entity::Other(Item::default()));
        let item = Entity::Inline { id: 7 }.into_item().expect("an item");
        assert!(matches!(Entity::try_from(item), Ok(Entity::Inline { id: 7 })));
        let _ = Kind::Known;
    }
}
