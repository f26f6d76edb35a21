# Runs one Pester file and reports as JSON. Called by Bitwarden.Module.Tests; for use at a prompt there is Invoke-Pester.
param(
    [Parameter(Mandatory)][string] $Path,
    [Parameter(Mandatory)][string] $Report
)

$required = 'Pester', 'Microsoft.PowerShell.SecretManagement', 'Microsoft.PowerShell.ThreadJob'
$missing = @($required | Where-Object { -not (Get-Module $_ -ListAvailable) })
$pester = Get-Module Pester -ListAvailable | Sort-Object Version | Select-Object -Last 1
if ($pester -and $pester.Version -lt '5.5') { $missing += 'Pester 5.5 or newer' }
$result = @{ powerShell = "$($PSVersionTable.PSVersion)"; missing = $missing }
if (-not $missing) {
    Import-Module $pester
    $run = Invoke-Pester $Path -PassThru -Output None
    $blocks = @($run.FailedBlocks) + @($run.FailedContainers) | ForEach-Object {
        @{ name = "$($_.Name ?? $_.Item)"; message = ($_.ErrorRecord | ForEach-Object { $_.Exception.Message }) -join "`n" }
    }
    $tests = $run.Failed | ForEach-Object {
        $lines = $_.ErrorRecord.ScriptStackTrace -split '\r?\n' -match '\.Tests\.ps1' | Select-Object -First 1
        @{ name = $_.ExpandedPath; message = "$(($_.ErrorRecord | ForEach-Object { $_.Exception.Message }) -join "`n") $lines" }
    }
    $result += @{
        pester   = "$($pester.Version)"
        passed   = $run.PassedCount
        failed   = $run.FailedCount
        skipped  = $run.SkippedCount
        reasons  = @($run.Skipped | ForEach-Object { "$($_.ErrorRecord)" } | Where-Object { $_ } | Sort-Object -Unique)
        failures = @($blocks) + @($tests) | Where-Object { $_ }
    }
    $result.failures = @($result.failures)
}
ConvertTo-Json $result -Depth 4 | Set-Content $Report
