# Signing in to Experience Platform: what it takes, what it checks, and what it says when it is refused.

BeforeDiscovery {
    . $PSScriptRoot/ModuleUnderTest.ps1
    $parameters = @(
        @{ Parameter = 'Credential'; Set = 'Credential'; Form = 'PSCredential, mandatory, position 0' }
        @{ Parameter = 'OrganizationId'; Set = 'Credential'; Form = 'String, mandatory, position 1' }
        @{ Parameter = 'Sandbox'; Set = 'Credential'; Form = 'String' }
        @{ Parameter = 'Sandbox'; Set = 'Local'; Form = 'String' }
        @{ Parameter = 'Scope'; Set = 'Credential'; Form = 'String[]' }
        @{ Parameter = 'Uri'; Set = 'Credential'; Form = 'Uri' }
        @{ Parameter = 'ImsUri'; Set = 'Credential'; Form = 'Uri' }
        @{ Parameter = 'Local'; Set = 'Local'; Form = 'SwitchParameter, mandatory' }
        @{ Parameter = 'Proxy'; Set = 'Credential'; Form = 'Uri' }
        @{ Parameter = 'ProxyCredential'; Set = 'Credential'; Form = 'PSCredential' }
        @{ Parameter = 'Uri'; Set = 'Local'; Form = 'not in this set' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/SecureText.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $local = Start-AdxLocal
    $flow = (Get-LocalCluster).Flow
    $flow.RegisterClient('registered', 'right-secret', 'right@AdobeOrg')
    function Connect-Registered([string] $Secret = 'right-secret', [hashtable] $With = @{}) {
        $arguments = @{ Credential = [pscredential]::new('registered', (Get-SecureText $Secret)); OrganizationId = 'right@AdobeOrg'; Uri = $local.FlowUri; ImsUri = $local.ImsUri } + $With
        Connect-Flow @arguments
    }
    $elsewhere = @{ Credential = [pscredential]::new('c', (Get-SecureText 's')); OrganizationId = 'o@AdobeOrg' }
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Connect-Flow $parameters

Describe 'Connect-Flow' {
    It 'signs in, writes the session and makes it the default' {
        $session = Connect-Registered
        $session | Should -BeOfType 'AdxFlow.FlowSession'
        $session.OrganizationId | Should -BeExactly 'right@AdobeOrg'
        $session.ClientId | Should -BeExactly 'registered'
        $session.Sandbox | Should -BeExactly 'prod' -Because 'that is the default one'
        $session.Uri.Authority | Should -BeExactly $local.FlowUri.Authority
        $session.ExpiresOn | Should -BeGreaterThan ([datetimeoffset]::UtcNow.AddHours(23))
        $session.Scopes | Should -Contain 'read_organizations'
        Get-FlowSession | Should -Be $session
    }

    It 'takes a sandbox by its name' {
        (Connect-Registered -With @{ Sandbox = 'Dev' }).Sandbox | Should -BeExactly 'dev'
    }

    It 'takes the addresses with or without the path of a service' {
        $with = @{ Uri = "$($local.FlowUri)data/foundation/flowservice"; ImsUri = "$($local.ImsUri)ims/token/v3" }
        $session = Connect-Flow @elsewhere @with
        $session.Uri.AbsoluteUri.TrimEnd('/') | Should -BeExactly $local.FlowUri.AbsoluteUri.TrimEnd('/')
    }

    It 'reaches the stand-in with -Local, and starts it if need be' {
        $session = Connect-Flow -Local -Sandbox dev
        $session.Sandbox | Should -BeExactly 'dev'
        (Get-FlowSandbox -Session $session).Name | Should -Contain 'prod'
    }

    It 'is kept to its runspace' {
        $null = Connect-Flow -Local
        $shell = [powershell]::Create()
        try {
            $shell.AddScript("Import-Module '$ModuleManifest'; Get-FlowSession").Invoke() | Should -BeNullOrEmpty
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'asks for a token once, whatever is asked afterwards' {
        $requests = Get-LocalRequest {
            $null = Connect-Registered
            $null = Get-FlowSandbox
            $null = Get-FlowConnection
        }
        @($requests | Where-Object Path -Like '*/token/v3*') | Should -HaveCount 1
    }

    It 'renews a token that the service refuses, and goes on' {
        $null = Connect-Registered
        $flow.ExpireTokens()
        $requests = Get-LocalRequest { Get-FlowSandbox -ErrorAction Stop }
        @($requests | Where-Object Path -Like '*/token/v3*') | Should -HaveCount 1
    }
}

Describe 'Connect-Flow refused' {
    It 'of <Case> is <Id>, <Category>' -ForEach @(
        @{ Case = 'a wrong secret'; Id = 'FlowAuthenticationFailed'; Category = 'AuthenticationError'; Code = 'invalid_client'; Call = { Connect-Registered -Secret 'wrong-secret' } }
        @{ Case = 'a missing scope'; Id = 'FlowAuthenticationFailed'; Category = 'AuthenticationError'; Code = 'invalid_scope'; Call = { Connect-Registered -With @{ Scope = 'openid' } } }
        @{ Case = 'another organization'; Id = 'FlowAuthenticationFailed'; Category = 'AuthenticationError'; Code = '403025'; Call = {
                Connect-Flow -Credential ([pscredential]::new('registered', (Get-SecureText 'right-secret'))) -OrganizationId 'other@AdobeOrg' -Uri $local.FlowUri -ImsUri $local.ImsUri
            }
        }
        @{ Case = 'an unknown sandbox'; Id = 'FlowSandboxNotFound'; Category = 'ObjectNotFound'; Code = $null; Call = { Connect-Registered -With @{ Sandbox = 'nowhere' } } }
        @{ Case = 'what is no organization'; Id = 'FlowInvalidArgument'; Category = 'InvalidArgument'; Code = $null; Call = { Connect-Flow -Credential $elsewhere.Credential -OrganizationId 'Contoso' } }
        @{ Case = 'plain http'; Id = 'FlowHttpNotAllowed'; Category = 'SecurityError'; Code = $null; Call = { Connect-Flow @elsewhere -Uri http://platform.adobe.io } }
        @{ Case = 'plain http of the identity service'; Id = 'FlowHttpNotAllowed'; Category = 'SecurityError'; Code = $null; Call = { Connect-Flow @elsewhere -ImsUri http://ims-na1.adobelogin.com } }
        @{ Case = 'a host that is not there'; Id = 'FlowConnectionFailed'; Category = 'ConnectionError'; Code = $null; Call = { Connect-Flow @elsewhere -ImsUri https://ims.contoso.invalid } }
    ) {
        $before = Get-FlowSession
        $failure = Get-Failure $Call
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $failure.CategoryInfo.Category | Should -Be $Category
        $failure.Exception.ServiceCode | Should -BeExactly $Code
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        Get-FlowSession | Should -Be $before -Because 'what failed is not the default'
    }

    It 'names the sandboxes that there are' {
        (Get-Failure { Connect-Registered -With @{ Sandbox = 'nowhere' } }).ErrorDetails.RecommendedAction | Should -BeLike '*prod*dev*'
    }

    It 'sends nothing to another host than those given' {
        $requests = Get-LocalRequest { Get-Failure { Connect-Flow @elsewhere -Uri http://platform.adobe.io -ImsUri $local.ImsUri } }
        $requests | Should -BeNullOrEmpty
    }
}
