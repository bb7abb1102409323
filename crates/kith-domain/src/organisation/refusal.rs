//! Why the organisation's rules say no.

crate::refusal::refusals! {
    /// Founded twice.
    exists = Conflict, "organisation.exists", "There is an organisation here already.",
        "Use another data directory for another organisation.";
    /// Asked before it is founded.
    not_founded = NotFound, "organisation.not_founded", "There is no organisation here yet.",
        "Found it first: kith init.";
    /// Fields at fault.
    invalid = Unprocessable, "organisation.invalid", "Some fields are at fault.", "Correct the fields that are named.";
    /// The code of an entity is taken.
    entity_taken = Conflict, "organisation.entity_taken", "Another legal entity has this code.", "Choose another code.";
    /// No such legal entity.
    entity_unknown = NotFound, "organisation.entity_unknown", "There is no such legal entity.",
        "Look at the list of legal entities.";
    /// No such catalogue.
    catalogue_unknown = NotFound, "organisation.catalogue_unknown", "There is no such catalogue.",
        "Look at the list of catalogues, or add a kind of dimension.";
    /// The name of a catalogue is taken.
    catalogue_taken = Conflict, "organisation.catalogue_taken", "There is a catalogue of this name already.", "Choose another name.";
    /// No such code.
    code_unknown = NotFound, "organisation.code_unknown", "The catalogue has no such code.", "Look at the codes of the catalogue.";
    /// The code is there and means something else.
    code_taken = Conflict, "organisation.code_taken", "The catalogue has this code already.", "Change the code that is there, or choose another.";
    /// The code is in use.
    code_in_use = Conflict, "organisation.code_in_use",
        "The code is in use: an account has it, it is a default, or other codes stand below it.", "Retire it instead: retired codes stay where they are.";
    /// Too many.
    too_many = Unprocessable, "organisation.too_many", "There are as many of these as there can be.", "Use what is there.";
    /// The name of a custom field is taken.
    custom_field_taken = Conflict, "organisation.custom_field_taken", "There is a custom field of this name already.",
        "Change the field that is there, or choose another name.";
    /// No such custom field.
    custom_field_unknown = NotFound, "organisation.custom_field_unknown", "There is no such custom field.",
        "Look at the list of custom fields.";
    /// A business day before the one that is open.
    day_back = Conflict, "organisation.day_back", "A later business day is open already; days never go back.",
        "Open a later day.";
}
