# The same reads by one runspace and by 16 at once: reads per millisecond between the first start and the last end.
Import-Module $env:BENCH_MODULE
$session = Connect-BwApiKey -CertificateAuthority $env:BENCH_CA
Unlock-BwVault
$names = (Get-BwItem).UniqueName
$module = $env:BENCH_MODULE

function Measure-Throughput([int] $Runspaces) {
    $spans = 1..$Runspaces | ForEach-Object -ThrottleLimit $Runspaces -Parallel {
        Import-Module $using:module
        $names = $using:names
        $session = $using:session
        $start = [Diagnostics.Stopwatch]::GetTimestamp()
        for ($i = 0; $i -lt 4000; $i++) {
            $null = Get-BwSecret $names[($i * $_) % $names.Length] -Session $session
        }
        [pscustomobject]@{ Start = $start; End = [Diagnostics.Stopwatch]::GetTimestamp() }
    }
    $ticks = ($spans.End | Measure-Object -Maximum).Maximum - ($spans.Start | Measure-Object -Minimum).Minimum
    4000 * $Runspaces / ($ticks * 1000 / [Diagnostics.Stopwatch]::Frequency)
}

foreach ($round in 1..3) {
    "single $(Measure-Throughput 1)"
    "wide $(Measure-Throughput 16)"
}
