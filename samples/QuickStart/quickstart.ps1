# The main job, as you would write it: from a personal API key to a secret.
# BW_CLIENTID, BW_CLIENTSECRET, BW_PASSWORD and BW_SERVER are set, as on a build agent; nothing is asked.
#Requires -Version 7.4
$ErrorActionPreference = 'Stop'
$PSStyle.OutputRendering = 'PlainText'

function Step([string] $Command) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $result = . ([scriptblock]::Create($Command))
    $time = '{0,6:0.0} ms' -f $watch.Elapsed.TotalMilliseconds
    "PS> $Command".PadRight(92) + $time
    if ($null -ne $result) {
        ($result | Out-String).Trim() -split '\r?\n' | ForEach-Object { "      $_".TrimEnd() }
    }
}

Step 'Import-Module Bitwarden'
Step 'Connect-BwApiKey'
Step 'Unlock-BwVault'
Step "Get-BwItem 'prod-*'"
Step "Get-BwSecret 'Work/prod-sql#password' -AsPlainText"
Step "Get-BwSecret 'prod-sql#totp' -AsPlainText"
Step "Get-BwSecret 'prod-sql#field:api-key'"

if (Get-Module Microsoft.PowerShell.SecretManagement -ListAvailable) {
    Step "Register-SecretVault -Name Work -ModuleName Bitwarden -VaultParameters @{ Account = '$((Get-BwSession -Current).Account)' }"
    Step 'Get-Secret prod-sql -Vault Work'
    Step 'Get-Secret prod-sql#totp -Vault Work -AsPlainText'
}
else {
    'SecretManagement is not installed, so Get-Secret was not shown: Install-PSResource Microsoft.PowerShell.SecretManagement'
}

Step 'Disconnect-BwSession'
