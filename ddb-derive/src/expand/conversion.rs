//! Generates the code that reads a field.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;

use super::impls::span_at;
use super::runtime::Runtime;
use crate::model::{Conversion, Default, ElementConversion, Skipped, Unit};

impl Conversion {
    /// Returns `true` if the type is read by its own `FromAttribute`.
    pub fn is_none(&self) -> bool {
        matches!(self, Self::FromAttribute)
    }

    /// Returns `true` if the code that reads the type calls functions of the traits that
    /// [`use_conversions`] imports.
    pub fn needs_traits(&self) -> bool {
        matches!(self, Self::Json | Self::Serde | Self::TryFrom(_) | Self::With(_))
    }
}

/// Imports the traits whose functions [`convert`] calls for a type that is not an `Option`. For an
/// `Option`, inherent functions of the same names take precedence.
pub fn use_conversions(runtime: &Runtime) -> TokenStream {
    let hidden = runtime.hidden();
    quote! {
        use #hidden::{Conversion as _, ReadWith as _};
    }
}

/// The `FieldType` of a field.
pub fn field_type(runtime: &Runtime, ty: &Type, conversion: &Conversion) -> TokenStream {
    let span = span_at(ty);
    match conversion {
        Conversion::FromAttribute => {
            let runtime = runtime.at(span);
            return quote_spanned!(span=> <#ty as #runtime::FromAttribute>::FIELD_TYPE);
        }
        Conversion::Elements(elements) => return elements.field_type(runtime, ty),
        _ => {}
    }
    let hidden = runtime.hidden();
    let expected = expected(runtime, ty, conversion);
    let absent = absent(runtime, ty, conversion);
    let absence = absence(runtime, ty, conversion, &quote!(|| #absent));
    quote!(#hidden::FieldType::<#ty>::new(#expected, #absence))
}

/// The `Absence` of a field with `set`.
pub fn set_absence(runtime: &Runtime, ty: &Type) -> TokenStream {
    let span = span_at(ty);
    let hidden = runtime.at(span).hidden();
    quote_spanned!(span=> <#ty as #hidden::SetField>::ABSENCE)
}

/// The `FieldSchema` of a field.
pub fn field_schema(runtime: &Runtime, ty: &Type, conversion: &Conversion) -> TokenStream {
    if conversion.is_none() {
        let span = span_at(ty);
        let runtime = runtime.at(span);
        return quote_spanned!(span=> <#ty as #runtime::FromAttribute>::FIELD_SCHEMA);
    }
    let hidden = runtime.hidden();
    let field_type = field_type(runtime, ty, conversion);
    quote!(#hidden::FieldSchema::converted(&#field_type))
}

/// The `Expected` of the type: the attribute types that it is read from, for error messages.
pub fn expected(runtime: &Runtime, ty: &Type, conversion: &Conversion) -> TokenStream {
    let hidden = runtime.hidden();
    let types = match conversion {
        Conversion::FromAttribute => {
            return quote_spanned!(span_at(ty)=> <#ty as #runtime::FromAttribute>::EXPECTED);
        }
        Conversion::Elements(elements) => {
            let field_type = elements.field_type(runtime, ty);
            return quote!(#hidden::FieldType::expected(&#field_type));
        }
        Conversion::Json => quote! {
            #runtime::attribute::AttributeTypes::of(&[#runtime::attribute::AttributeType::S])
        },
        Conversion::TryFrom(from) => {
            let expected = quote_spanned! {span_at(from)=>
                <#from as #runtime::FromAttribute>::EXPECTED
            };
            quote!(#runtime::error::Expected::types(&#expected))
        }
        Conversion::Serde | Conversion::With(_) => {
            quote!(#runtime::attribute::AttributeTypes::ANY)
        }
    };
    quote_spanned!(span_at(ty)=> #runtime::error::Expected::of::<#ty>(#types))
}

/// Reads `__attribute` into the type.
pub fn convert(runtime: &Runtime, ty: &Type, conversion: &Conversion) -> TokenStream {
    let span = span_at(ty);
    let runtime = runtime.at(span);
    let hidden = runtime.hidden();
    let convert = quote_spanned!(span=> #hidden::Convert::<#ty>);
    match conversion {
        Conversion::FromAttribute => {
            quote_spanned!(span=> <#ty as #runtime::FromAttribute>::from_attribute(__attribute))
        }
        Conversion::Elements(elements) => elements.convert(&hidden, ty),
        Conversion::Json => quote_spanned!(span=> #convert::__convert_json(__attribute)),
        Conversion::Serde => quote_spanned!(span=> #convert::__convert_serde(__attribute)),
        Conversion::TryFrom(from) => {
            quote_spanned!(span=> #convert::__convert_try_from::<#from>(__attribute))
        }
        Conversion::With(module) => {
            let span = span_at(module);
            let function = quote_spanned!(span=> #module::from_attribute);
            quote_spanned!(span=> #hidden::With::<#ty, _>::new(#function).__read_with(__attribute))
        }
    }
}

impl ElementConversion {
    /// The `FieldType` of a field.
    fn field_type(&self, runtime: &Runtime, ty: &Type) -> TokenStream {
        let span = span_at(ty);
        let hidden = runtime.at(span).hidden();
        match self {
            Self::BoolFromNumber => quote_spanned!(span=> #hidden::bool_field::<#ty, _>()),
            Self::Bytes => quote_spanned!(span=> #hidden::bytes_field::<#ty, _>()),
            Self::FromStr => quote_spanned!(span=> #hidden::parsed_field::<#ty, _>()),
            Self::UnixTime(unit) => {
                let unit = unit.ident();
                quote_spanned!(span=> #hidden::unix_time_field::<#ty, #hidden::#unit, _>())
            }
        }
    }

    /// Reads `__attribute` into the type.
    fn convert(&self, hidden: &TokenStream, ty: &Type) -> TokenStream {
        let span = span_at(ty);
        match self {
            Self::BoolFromNumber => {
                quote_spanned!(span=> #hidden::read_bool::<#ty, _>(__attribute))
            }
            Self::Bytes => quote_spanned!(span=> #hidden::read_bytes::<#ty, _>(__attribute)),
            Self::FromStr => quote_spanned!(span=> #hidden::parse_elements::<#ty, _>(__attribute)),
            Self::UnixTime(unit) => {
                let unit = unit.ident();
                quote_spanned! {span=>
                    #hidden::read_unix_time::<#ty, #hidden::#unit, _>(__attribute)
                }
            }
        }
    }
}

impl Unit {
    /// The name of the unit in the runtime.
    pub fn ident(self) -> Ident {
        let name = match self {
            Self::Seconds => "Seconds",
            Self::Milliseconds => "Milliseconds",
            Self::Microseconds => "Microseconds",
            Self::Nanoseconds => "Nanoseconds",
        };
        Ident::new(name, Span::call_site())
    }
}

/// The [`Absence`] of the type, mapped by `wrap`.
pub fn absence(
    runtime: &Runtime,
    ty: &Type,
    conversion: &Conversion,
    absent: &TokenStream,
) -> TokenStream {
    let hidden = runtime.hidden();
    match conversion {
        Conversion::FromAttribute => quote! {
            #hidden::Absence::wrapped(<#ty as #runtime::FromAttribute>::ABSENCE, #absent)
        },
        Conversion::Elements(elements) => {
            let field_type = elements.field_type(runtime, ty);
            quote!(#hidden::Absence::wrapped(#hidden::FieldType::absence(&#field_type), #absent))
        }
        Conversion::TryFrom(from) => {
            let use_conversions = use_conversions(runtime);
            let inner = quote_spanned!(span_at(from)=> <#from as #runtime::FromAttribute>::ABSENCE);
            quote! {{
                #use_conversions
                #hidden::Absence::converted_from(
                    #inner,
                    #hidden::Convert::<#ty>::IS_OPTION,
                    #absent,
                )
            }}
        }
        Conversion::Json | Conversion::Serde | Conversion::With(_) => {
            let use_conversions = use_conversions(runtime);
            quote! {{
                #use_conversions
                #hidden::Absence::converted(#hidden::Convert::<#ty>::IS_OPTION, #absent)
            }}
        }
    }
}

/// The value of a field whose attribute is missing, as an `Option`: `None` if that is a problem.
pub fn absent(runtime: &Runtime, ty: &Type, conversion: &Conversion) -> TokenStream {
    let span = span_at(ty);
    let runtime = runtime.at(span);
    let hidden = runtime.hidden();
    match conversion {
        Conversion::FromAttribute => quote_spanned! {span=>
            #hidden::Absence::value(&<#ty as #runtime::FromAttribute>::ABSENCE)
        },
        Conversion::TryFrom(from) => {
            quote_spanned!(span=> #hidden::Convert::<#ty>::__convert_absent_from::<#from>())
        }
        Conversion::Elements(elements) => {
            let field_type = elements.field_type(&runtime, ty);
            quote_spanned!(span=> #hidden::FieldType::absent(&const { #field_type }))
        }
        Conversion::Json | Conversion::Serde | Conversion::With(_) => {
            quote_spanned!(span=> #hidden::Convert::<#ty>::__convert_absent())
        }
    }
}

/// A function that returns the field's own default.
pub fn make_default(runtime: &Runtime, ty: &Type, default: &Default) -> TokenStream {
    match default {
        Default::Trait => {
            let hidden = runtime.at(span_at(ty)).hidden();
            quote_spanned!(span_at(ty)=> <#ty as #hidden::FieldDefault>::__field_value)
        }
        Default::Expr(expr) => quote!(|| -> #ty { #expr }),
    }
}

/// The skipped fields of a struct literal.
pub fn expand_skipped(runtime: &Runtime, skipped: &[Skipped]) -> TokenStream {
    let fields = skipped.iter().map(|Skipped { member, ty, default }| {
        let default = make_default(runtime, ty, default);
        quote!(#member: (#default)())
    });
    quote!(#(#fields),*)
}
