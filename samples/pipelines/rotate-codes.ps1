# Everything in one step: what no later step needs does not leave this process. -AsPlainText hides a value in the agent's log, line by line, before it gives
# it out.
#Requires -Version 7.4
$ErrorActionPreference = 'Stop'
Import-Module Bitwarden
$null = Connect-BwApiKey
Unlock-BwVault
Remove-Item Env:BW_CLIENTSECRET, Env:BW_PASSWORD

$codes = (Get-BwSecret 'recovery codes' -AsPlainText) -split "`n"
"There are $($codes.Count) lines of recovery codes."

# A SecureString needs no hiding, and is what most cmdlets take.
$credential = Get-BwSecret prod-sql -AsCredential
"Connecting as $($credential.UserName)."

Disconnect-BwSession
