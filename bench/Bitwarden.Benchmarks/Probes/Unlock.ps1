# Connecting and unlocking, for the first time and again, with the key derivation by itself in between.
Import-Module $env:BENCH_MODULE
$watch = [Diagnostics.Stopwatch]::StartNew()
$null = Connect-BwApiKey -CertificateAuthority $env:BENCH_CA
"connect-first $($watch.Elapsed.TotalMilliseconds)"
$watch.Restart()
Unlock-BwVault
"unlock-first $($watch.Elapsed.TotalMilliseconds)"
$password = [Text.Encoding]::UTF8.GetBytes('correct horse battery staple')
$salt = [Text.Encoding]::UTF8.GetBytes('bench@example.org')
foreach ($round in 1..5) {
    Lock-BwVault
    $watch.Restart()
    Unlock-BwVault
    "unlock $($watch.Elapsed.TotalMilliseconds)"
    $watch.Restart()
    $null = [Security.Cryptography.Rfc2898DeriveBytes]::Pbkdf2($password, $salt, 600000, 'SHA256', 32)
    "kdf $($watch.Elapsed.TotalMilliseconds)"
}
foreach ($round in 1..3) {
    $watch.Restart()
    $null = Connect-BwApiKey -CertificateAuthority $env:BENCH_CA
    "connect $($watch.Elapsed.TotalMilliseconds)"
}
