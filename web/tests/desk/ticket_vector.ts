/** As `tests/gateway/appointments/test_tickets.py` signs it. */
export const VECTOR = {
    key: "O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik",
    text: "AT1.eyJuIjoiUFNQLTdLNE0tOTJYQyIsImMiOiJ0aW11ci5mb3RvIiwidCI6MTc5NTUwMDAwMCwibSI6MX0.oNkd3n-8hIBABf5x9bRH0F2eseT6qaPTp-X5_bZ76oh-DJa5h51oE96_hd8Du3z1_sYblHGUb-dvvcH06xZCAA",
};
