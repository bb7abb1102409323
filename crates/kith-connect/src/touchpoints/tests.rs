//! Rows of transactions as touchpoints.
