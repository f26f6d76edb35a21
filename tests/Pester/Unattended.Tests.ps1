BeforeDiscovery {
    $ways = 'closed input', 'pwsh -NonInteractive', '-NonInteractive', 'CI=true', 'a host that throws'
    $cases = @(
        @{ Case = 'no client id'; Id = 'ClientIdMissing'; Class = 'ConnectBwApiKey'; Says = '*-ClientId*BW_CLIENTID.*' }
        @{ Case = 'no client secret'; Id = 'ClientSecretMissing'; Class = 'ConnectBwApiKey'; Says = '*-ClientSecret*BW_CLIENTSECRET.*' }
        @{ Case = 'no e-mail'; Id = 'EmailMissing'; Class = 'ConnectBwAccount'; Says = '*-Email*' }
        @{ Case = 'no master password'; Id = 'MasterPasswordMissing'; Class = 'ConnectBwAccount'; Says = '*-MasterPassword*BW_PASSWORD*' }
        @{ Case = 'no two-step code'; Id = 'TwoFactorRequired'; Class = 'ConnectBwAccount'; Says = '*-TwoFactorMethod*-TwoFactorCode*' }
        @{ Case = 'a wrong two-step code'; Id = 'TwoFactorCodeRejected'; Class = 'ConnectBwAccount'; Says = '*code*' }
        @{ Case = 'a new device'; Id = 'NewDeviceVerification'; Class = 'ConnectBwAccount'; Says = '*-NewDeviceCode*' }
        @{ Case = 'a challenge'; Id = 'AdditionalAuthenticationRequired'; Class = 'ConnectBwAccount'; Says = '*-ClientSecret*BW_CLIENTSECRET*' }
        @{ Case = 'a locked vault'; Id = 'MasterPasswordMissing'; Class = 'UnlockBwVault'; Says = '*-MasterPassword*BW_PASSWORD*' }
        @{ Case = 'a look at the API key'; Id = 'MasterPasswordMissing'; Class = 'GetBwApiKey'; Says = '*-MasterPassword*BW_PASSWORD*' }
        @{ Case = 'rotation without a password'; Id = 'MasterPasswordMissing'; Class = 'ResetBwApiKey'; Says = '*-MasterPassword*BW_PASSWORD*' }
        @{ Case = 'rotation without a confirmation'; Id = 'RotationNotConfirmed'; Class = 'ResetBwApiKey'; Says = '*-Confirm:$false*' }
        @{ Case = 'a Key Connector'; Id = 'KeyConnectorNotConfirmed'; Class = 'UnlockBwVault'; Says = '*localhost*-KeyConnectorUrl*' }
    )
    $unattended = foreach ($way in $ways) { foreach ($case in $cases) { $case + @{ Way = $way } } }
}

BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $secret = (Get-TestAccount $server weak@example.org).clientSecret
    # The prompts would work there, were it not for what each way is about.
    $terminal = if (Test-Terminal) { @{ Dialog = @() } } else { @{} }
    $lookAlikes = @{ BW_SECRETCLIENT = 'x'; 'BW_CLIËNTGEHEIM' = 'x' }

    $script = {
        $body = {
            param($server, [hashtable] $more)

            $email = 'weak@example.org'
            $given = @{ Email = $email; MasterPassword = Get-MasterPassword $email }
            $wrongCode = @{ TwoFactorCode = '000000' }
            $newDevice = @{ DeviceIdentifier = [guid]::NewGuid().ToString() }
            $key = Get-TestAccount $server $email
            $connectorKey = Get-TestAccount $server keyconnector@example.org
            $connectorSecret = ConvertTo-TestSecret $connectorKey.clientSecret
            $seen = @{}
            function Add-Case([string] $Name, [scriptblock] $Script, [hashtable] $Rule = @{}) {
                Set-LoginRule $server $email $Rule
                $clock = [Diagnostics.Stopwatch]::StartNew()
                $failure = try { $null = & $Script } catch { $_ }
                $seen[$Name] = @{ Id = $failure.FullyQualifiedErrorId; Message = $failure.Exception.Message; Seconds = $clock.Elapsed.TotalSeconds }
            }
            Clear-ServerRequest $server
            Add-Case 'no client id' { Connect-BwApiKey $server.Url @more }
            Add-Case 'no client secret' { Connect-BwApiKey $server.Url -ClientId $key.clientId @more }
            Add-Case 'no e-mail' { Connect-BwAccount $server.Url @more }
            Add-Case 'no master password' { Connect-BwAccount $server.Url -Email $email @more }
            $seen.RequestsWithoutInput = @(Get-ServerRequest $server).Count
            Add-Case 'no two-step code' { Connect-BwAccount $server.Url @given @more } @{ twoFactor = @{ Authenticator = '246810'; Email = '135791' } }
            Add-Case 'a wrong two-step code' { Connect-BwAccount $server.Url @given @wrongCode @more } @{ twoFactor = @{ Authenticator = '246810' } }
            Add-Case 'a new device' { Connect-BwAccount $server.Url @given @newDevice @more } @{ newDeviceOtp = '777888' }
            Add-Case 'a challenge' { Connect-BwAccount $server.Url @given @more } @{ requireChallenge = $true }
            $null = Connect-TestAccount $server $email
            Add-Case 'a locked vault' { Unlock-BwVault @more }
            Add-Case 'a look at the API key' { Get-BwApiKey @more }
            Add-Case 'rotation without a password' { Reset-BwApiKey -Confirm:$false @more }
            Add-Case 'rotation without a confirmation' { Reset-BwApiKey $given.MasterPassword @more }
            $null = Connect-BwApiKey $server.HttpsUrl -CertificateAuthority $server.CaPath -ClientId $connectorKey.clientId -ClientSecret $connectorSecret
            Add-Case 'a Key Connector' { Unlock-BwVault @more }
            $seen.ConnectorRequests = @(Get-ServerRequest $server /key-connector).Count
            $seen
        }

        function Invoke-InThrowingHost {
            Add-Type -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
public sealed class ThrowingHost : PSHost
{
    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;
    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;
    public override Guid InstanceId { get; } = Guid.NewGuid();
    public override string Name => "ThrowingHost";
    public override Version Version => new Version(1, 0);
    public override PSHostUserInterface UI { get; } = new ThrowingUi();
    public override void EnterNestedPrompt() => throw new NotImplementedException();
    public override void ExitNestedPrompt() => throw new NotImplementedException();
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
    public override void SetShouldExit(int exitCode) { }
}
public sealed class ThrowingUi : PSHostUserInterface
{
    public override PSHostRawUserInterface RawUI => null;
    public override string ReadLine() => throw new HostException("no input");
    public override SecureString ReadLineAsSecureString() => throw new NotImplementedException();
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        throw new NotSupportedException();
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw new HostException("no input");
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw new HostException("no input");
    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes types, PSCredentialUIOptions options) =>
        throw new HostException("no input");
    public override void Write(string value) { }
    public override void Write(ConsoleColor foreground, ConsoleColor background, string value) { }
    public override void WriteLine(string value) { }
    public override void WriteErrorLine(string value) { }
    public override void WriteDebugLine(string message) { }
    public override void WriteProgress(long sourceId, ProgressRecord record) { }
    public override void WriteVerboseLine(string message) { }
    public override void WriteWarningLine(string message) { }
}
'@
            $runspace = [runspacefactory]::CreateRunspace([ThrowingHost]::new())
            $runspace.Open()
            $shell = [powershell]::Create($runspace)
            $helpers = (Get-Module TestServer).Path
            $null = $shell.AddScript("Import-Module '$helpers'; Import-BitwardenModule").Invoke()
            $shell.Commands.Clear()
            $shell.AddScript($body.ToString()).AddParameters(@{ server = $server; more = @{} }).Invoke()[0]
        }

        switch ($arguments.Ways) {
            '-NonInteractive' { $all = @{ $_ = & $body $server @{ NonInteractive = $true } } }
            'CI=true' { $env:CI = 'true'; $all[$_] = & $body $server @{}; $env:CI = $null }
            'a host that throws' { $all[$_] = Invoke-InThrowingHost }
            default { $all = @{ $_ = & $body $server @{} } }
        }
        $all
    }

    $closed = Invoke-FreshPwsh $script $server @{ Ways = @('closed input') } ($lookAlikes + @{ LC_ALL = 'C' })
    $switch = Invoke-FreshPwsh $script $server @{ Ways = @('pwsh -NonInteractive') } @terminal -PowerShellOption -NonInteractive
    $others = Invoke-FreshPwsh $script $server @{ Ways = '-NonInteractive', 'CI=true', 'a host that throws' } @terminal
    $seen = @{}
    foreach ($run in $closed, $switch, $others) { $run.Result.PSObject.Properties | ForEach-Object { $seen[$_.Name] = $_.Value } }
}

AfterAll {
    Stop-TestServer $server
}

Describe 'Look-alike variables' {
    BeforeAll {
        $utf8 = Invoke-FreshPwsh -Server $server -Environment ($lookAlikes + @{ LANG = 'C.UTF-8' }) {
            $key = Get-TestAccount $server weak@example.org
            $clientId = try { Connect-BwApiKey $server.Url } catch { $_.Exception.Message }
            $clientSecret = try { Connect-BwApiKey $server.Url -ClientId $key.clientId } catch { $_.Exception.Message }
            @{ 'no client id' = $clientId; 'no client secret' = $clientSecret }
        }
    }

    It 'are named under LANG=C.UTF-8: <Case>' -TestCases @(
        @{ Case = 'no client id' }
        @{ Case = 'no client secret' }
    ) {
        $utf8.Result.$Case | Should -BeLike '*The variables BW_CLIËNTGEHEIM, BW_SECRETCLIENT are set, but none of these is the name to use*'
    }

    It 'are named under LC_ALL=C, as it shows them: <Case>' -TestCases @(
        @{ Case = 'no client id' }
        @{ Case = 'no client secret' }
    ) {
        $seen.'closed input'.$Case.Message | Should -BeLike '*The variables BW_CLI*NTGEHEIM, BW_SECRETCLIENT are set, but none of these is the name to use*'
    }

    It 'are not spoken of when there are none: <Case>' -TestCases @(
        @{ Case = 'no client id' }
        @{ Case = 'no client secret' }
    ) {
        $seen.'CI=true'.$Case.Message | Should -Not -Match 'the name to use'
    }
}

Describe 'Where nobody can be asked' {
    It '<Way>: <Case> is <Id>' -ForEach $unattended {
        $seen.$Way.$Case.Id | Should -Be "$Id,Bitwarden.PowerShell.Commands.${Class}Command"
        $seen.$Way.$Case.Message | Should -BeLike $Says
    }

    It '<_>: none of that waits' -ForEach $ways {
        $seen.$_.PSObject.Properties.Value.Seconds | Where-Object { $_ -gt 20 } | Should -BeNullOrEmpty
    }

    It '<_>: nothing is sent for want of an input' -ForEach $ways {
        $seen.$_.RequestsWithoutInput | Should -Be 0
    }

    It '<_>: a Key Connector that nobody confirmed is not asked' -ForEach $ways {
        $seen.$_.ConnectorRequests | Should -Be 0
    }

    It 'nothing was rotated' {
        (Get-TestAccount $server weak@example.org).clientSecret | Should -BeExactly $secret
    }
}
