# Connections are renamed, described and given a new key, and nobody's change is overwritten unseen.

BeforeDiscovery {
    . $PSScriptRoot/ModuleUnderTest.ps1
    $parameters = @(
        @{ Parameter = 'ConnectionId'; Set = 'Credential'; Form = 'String, mandatory, position 0, by name' }
        @{ Parameter = 'Name'; Set = 'Credential'; Form = 'String' }
        @{ Parameter = 'Description'; Set = 'Credential'; Form = 'String' }
        @{ Parameter = 'Credential'; Set = 'Credential'; Form = 'PSCredential' }
        @{ Parameter = 'TenantId'; Set = 'Credential'; Form = 'String' }
        @{ Parameter = 'Cluster'; Set = 'Credential'; Form = 'String' }
        @{ Parameter = 'Database'; Set = 'Credential'; Form = 'String' }
        @{ Parameter = 'AuthParameter'; Set = 'AuthParameter'; Form = 'IDictionary, mandatory' }
        @{ Parameter = 'ETag'; Set = 'Credential'; Form = 'String, by name' }
        @{ Parameter = 'PassThru'; Set = 'Credential'; Form = 'SwitchParameter' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/SecureText.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $adx = Connect-Adx -Local
    $null = Connect-Flow -Local
    $application = '4c7e82bd-6adb-46c3-b413-fdd44834c69b'
    $tenant = '9752a91d-8e15-44e2-aa72-e9f8e12c3ec5'
    function Get-Reader([string] $Key) { [pscredential]::new($application, (Get-SecureText $Key)) }
    $null = Grant-AdxRole "aadapp=$application;$tenant" Viewer
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Set-FlowConnection $parameters

Describe 'Set-FlowConnection' {
    BeforeEach {
        Get-FlowConnection | Remove-FlowConnection -Confirm:$false
        $connection = New-FlowConnection Before -Credential (Get-Reader 'old-key') -TenantId $tenant -AdxConnection $adx -Description 'old'
    }

    It 'renames and describes, and writes nothing unless asked' {
        Set-FlowConnection $connection.Id -Name After -Description 'new' | Should -BeNullOrEmpty
        $now = Get-FlowConnection After
        $now.Id | Should -BeExactly $connection.Id
        $now.Description | Should -BeExactly 'new'
        $now.ETag | Should -Not -Be $connection.ETag
        (Set-FlowConnection $connection.Id -Name Again -PassThru).Name | Should -BeExactly 'Again'
    }

    It 'gives a new key, and leaves the rest as it is' {
        (Get-LocalCluster).Flow.RegisterServicePrincipal($application, 'new-key')
        Test-FlowConnection $connection.Id -WarningAction Ignore | Should -BeFalse
        $now = Set-FlowConnection $connection.Id -Credential (Get-Reader 'new-key') -PassThru
        Test-FlowConnection $connection.Id | Should -BeTrue
        $now.Cluster | Should -BeExactly $connection.Cluster
        $now.Database | Should -BeExactly 'NetDefaultDB'
        $now.TenantId | Should -BeExactly $tenant
        (Get-LocalCluster).Flow.RegisterServicePrincipal($application, 'old-key')
    }

    It 'moves to another database with a key' {
        $null = Invoke-AdxCommand '.create database Archive volatile'
        (Set-FlowConnection $connection.Id -Credential (Get-Reader 'old-key') -Database Archive -PassThru).Database | Should -BeExactly 'Archive'
    }

    It 'takes all parameters for any connector' {
        $parameters = @{ endpoint = $adx.Cluster; database = 'NetDefaultDB'; tenant = 'contoso.com'; servicePrincipalId = $application; servicePrincipalKey = Get-SecureText 'old-key' }
        (Set-FlowConnection $connection.Id -AuthParameter $parameters -PassThru).TenantId | Should -BeExactly 'contoso.com'
    }

    It 'changes each of a pipeline' {
        $null = New-FlowConnection Second -Credential (Get-Reader 'old-key') -TenantId $tenant -AdxConnection $adx
        Get-FlowConnection | Set-FlowConnection -Description 'all'
        (Get-FlowConnection).Description | Select-Object -Unique | Should -BeExactly 'all'
    }

    It 'refuses to overwrite what somebody changed meanwhile' {
        Set-FlowConnection $connection.Id -Description 'theirs'
        $failure = Get-Failure { $connection | Set-FlowConnection -Description 'mine' -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlowConflict,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidOperation'
        $failure.Exception.StatusCode | Should -Be 412
        (Get-FlowConnection Before).Description | Should -BeExactly 'theirs'
        # A version without its quotes is the same version.
        $etag = (Get-FlowConnection Before).ETag.Trim('"')
        (Set-FlowConnection $connection.Id -ETag $etag -Description 'mine' -PassThru).Description | Should -BeExactly 'mine'
    }

    It 'of <Case> is <Id>' -ForEach @(
        @{ Case = 'nothing to change'; Id = 'FlowInvalidArgument'; Call = { Set-FlowConnection $connection.Id } }
        @{ Case = 'a connection that there is not'; Id = 'FlowNotFound'; Call = { Set-FlowConnection 00000000-0000-0000-0000-000000000001 -Name X -ErrorAction Stop } }
        @{ Case = 'a name that is taken'; Id = 'FlowAlreadyExists'; Call = { $null = New-FlowConnection Taken -Credential (Get-Reader 'k') -TenantId $tenant -AdxConnection $adx; Set-FlowConnection $connection.Id -Name Taken -ErrorAction Stop } }
        @{ Case = 'parameters that do not fit'; Id = 'FlowInvalidConnection'; Call = { Set-FlowConnection $connection.Id -AuthParameter @{ endpoint = 'x' } -ErrorAction Stop } }
    ) {
        (Get-Failure $Call).FullyQualifiedErrorId | Should -BeLike "$Id,*"
        (Get-FlowConnection Before).Description | Should -BeExactly 'old'
    }

    It 'keeps its own name' {
        (Set-FlowConnection $connection.Id -Name Before -PassThru).Name | Should -BeExactly 'Before'
    }
}
