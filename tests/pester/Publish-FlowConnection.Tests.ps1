# Drafts become connections.

BeforeDiscovery {
    . $PSScriptRoot/ModuleUnderTest.ps1
    $parameters = @(
        @{ Parameter = 'ConnectionId'; Form = 'String[], mandatory, position 0, by name' }
        @{ Parameter = 'PassThru'; Form = 'SwitchParameter' }
        @{ Parameter = 'Session'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/SecureText.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $adx = Connect-Adx -Local
    $null = Connect-Flow -Local
    $reader = [pscredential]::new('4c7e82bd-6adb-46c3-b413-fdd44834c69b', (Get-SecureText 'key'))
    function Add-Draft([string] $Name) { New-FlowConnection $Name -Credential $reader -TenantId contoso.com -AdxConnection $adx -Draft }
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Publish-FlowConnection $parameters

Describe 'Publish-FlowConnection' {
    It 'makes a connection of a draft' {
        $draft = Add-Draft First
        $draft.State | Should -BeExactly 'draft'
        Publish-FlowConnection $draft.Id | Should -BeNullOrEmpty
        (Get-FlowConnection First).State | Should -BeExactly 'enabled'
    }

    It 'takes drafts from the pipeline, and writes them with -PassThru' {
        $published = 'Second', 'Third' | ForEach-Object { Add-Draft $_ } | Publish-FlowConnection -PassThru
        $published.State | Should -BeExactly 'enabled', 'enabled'
    }

    It 'is an error for what is no draft, and for what there is not' {
        $draft = Add-Draft Fourth
        Publish-FlowConnection $draft.Id
        $failure = Get-Failure { Publish-FlowConnection $draft.Id -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowInvalidState,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidOperation'
        (Get-Failure { Publish-FlowConnection 00000000-0000-0000-0000-000000000001 -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
    }
}
