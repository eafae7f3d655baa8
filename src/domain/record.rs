//! The macro that declares a record: its fields, their values, and [`super::log::Record`].
//!
//! May use: the rest of `domain`. It expands where `Id`, `Stamp`, `Entry`, `Head`, `Value`,
//! `Record`, `Serialize` and `Deserialize` are imported.

/// Declares a record: its struct, the names of its fields, their values, and the trait `Record`.
///
/// `born` fields are always written and are given at creation; `set` fields start at their default
/// and are left out of the file while they have it; `children` are lists of records inside.
macro_rules! record {
    (
        $(#[$doc:meta])*
        $name:ident, $field_enum:ident, $value_enum:ident;
        born { $($(#[$bdoc:meta])* $born:ident $Born:ident: $bty:ty,)* }
        set { $($(#[$sdoc:meta])* $set:ident $Set:ident: $sty:ty,)* }
        children { $($(#[$cdoc:meta])* $child:ident: $cty:ty,)* }
        order $order:expr
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name {
            /// The same in every copy.
            pub id: Id,
            $($(#[$bdoc])* pub $born: $bty,)*
            $($(#[$sdoc])* #[serde(default, skip_serializing_if = "crate::domain::log::is_default")] pub $set: $sty,)*
            $($(#[$cdoc])* #[serde(default, skip_serializing_if = "Vec::is_empty")] pub $child: Vec<$cty>,)*
            /// Removed, but kept with its log; it can come back.
            #[serde(default, skip_serializing_if = "crate::domain::log::is_default")]
            pub removed: bool,
            /// Fields that two people set to different values, until somebody decides.
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            pub conflicts: Vec<Head<$value_enum>>,
            /// Every change, from the creation on.
            pub log: Vec<Entry<$value_enum>>,
        }

        /// What an entry can be about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $field_enum {
            /// The record came into being.
            Created,
            /// The record was removed, or came back.
            Removed,
            $($(#[$bdoc])* $Born,)*
            $($(#[$sdoc])* $Set,)*
        }

        /// A value of one field.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $value_enum {
            /// Whether the record is removed.
            Removed(bool),
            $($(#[$bdoc])* $Born($bty),)*
            $($(#[$sdoc])* $Set($sty),)*
        }

        impl Value for $value_enum {
            type Field = $field_enum;
            fn field(&self) -> $field_enum {
                match self {
                    Self::Removed(_) => $field_enum::Removed,
                    $(Self::$Born(_) => $field_enum::$Born,)*
                    $(Self::$Set(_) => $field_enum::$Set,)*
                }
            }
        }

        impl Record for $name {
            type Value = $value_enum;
            const CREATED: $field_enum = $field_enum::Created;
            const REMOVED: $field_enum = $field_enum::Removed;
            const FIELDS: &'static [$field_enum] =
                &[$field_enum::Removed, $($field_enum::$Born,)* $($field_enum::$Set,)*];

            fn removal(is_removed: bool) -> $value_enum {
                $value_enum::Removed(is_removed)
            }
            fn id(&self) -> Id {
                self.id
            }
            fn log(&self) -> &[Entry<$value_enum>] {
                &self.log
            }
            fn conflicts(&self) -> &[Head<$value_enum>] {
                &self.conflicts
            }
            fn get(&self, field: $field_enum) -> Option<$value_enum> {
                match field {
                    $field_enum::Created => None,
                    $field_enum::Removed => Some($value_enum::Removed(self.removed)),
                    $($field_enum::$Born => Some($value_enum::$Born(self.$born.clone())),)*
                    $($field_enum::$Set => Some($value_enum::$Set(self.$set.clone())),)*
                }
            }
            fn put(&mut self, value: $value_enum) {
                match value {
                    $value_enum::Removed(value) => self.removed = value,
                    $($value_enum::$Born(value) => self.$born = value,)*
                    $($value_enum::$Set(value) => self.$set = value,)*
                }
            }
            fn parts_mut(&mut self) -> crate::domain::log::Parts<'_, $value_enum> {
                (&mut self.log, &mut self.conflicts)
            }
            #[allow(unused_variables)]
            fn join_children(&mut self, other: &Self) {
                $(self.$child = crate::domain::log::union_lists(&self.$child, &other.$child);)*
            }
            fn order(a: &Self, b: &Self) -> std::cmp::Ordering {
                let order: fn(&Self, &Self) -> std::cmp::Ordering = $order;
                order(a, b).then(a.id.cmp(&b.id))
            }
        }

        impl $name {
            /// A bare record, with the entry of its creation.
            #[allow(clippy::too_many_arguments)]
            pub fn create(stamp: &mut Stamp, $($born: $bty,)*) -> Self {
                Self {
                    id: stamp.fresh(),
                    $($born,)*
                    $($set: Default::default(),)*
                    $($child: Vec::new(),)*
                    removed: false,
                    conflicts: Vec::new(),
                    log: crate::domain::log::creation($field_enum::Created, stamp),
                }
            }
        }
    };
}
pub(crate) use record;
