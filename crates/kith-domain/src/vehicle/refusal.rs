//! Why the rules of vehicles say no.

crate::refusal::refusals! {
    /// Added twice.
    exists = Conflict, "vehicle.exists", "There is such a vehicle already.", "Update it instead.";
    /// No such vehicle.
    not_found = NotFound, "vehicle.not_found", "There is no such vehicle.", "Look it up among the vehicles.";
    /// Fields at fault.
    invalid = Unprocessable, "vehicle.invalid", "Some fields are at fault.", "Correct the fields that are named.";
    /// Another vehicle has the number.
    vin_taken = Conflict, "vehicle.vin_taken", "Another vehicle has this identification number.",
        "Correct the number, or update the vehicle that has it.";
}
